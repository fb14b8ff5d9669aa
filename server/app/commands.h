// The commands of the program, one file each. Each answers the exit code: 0 done, 1 it failed (the
// reason is on standard error), 2 wrong usage.
#pragma once

#include <string>
#include <vector>

#include "app/config.h"
#include "app/opened.h"

namespace hougu::app {

struct CommandLine {
  Config config;
  const Messages& messages;
  Locale locale;
};

int serve(const CommandLine& line, bool demo);                  // serve.cc
int migrate(const CommandLine& line);                           // migrate.cc
int backup(const CommandLine& line, const std::string& file);   // backup.cc
int restore(const CommandLine& line, const std::string& file);  // backup.cc
int check(const CommandLine& line);                             // check.cc
int demo(const CommandLine& line, long long tickets, long long customers, long long devices,
         unsigned long long seed);  // demo.cc
int user_add(const CommandLine& line, const std::string& login, const std::string& name,
             const std::vector<std::string>& roles);                               // user.cc
int user_passwd(const CommandLine& line, const std::string& login);                // user.cc
int user_list(const CommandLine& line);                                            // user.cc
int pack_install(const CommandLine& line, const std::string& folder, bool force);  // pack.cc
int pack_export(const CommandLine& line, const std::string& folder);               // pack.cc
int pack_diff(const CommandLine& line, const std::string& folder);                 // pack.cc

// Prints the text of an error, and its cause where there is one; answers 1.
int failed(const CommandLine& line, const Error& error);
void print(const std::string& text);

// Makes the demo organisation in a database without people (serve --demo, demo).
Result<void> make_demo(Opened& opened, long long tickets, long long customers, long long devices,
                       unsigned long long seed);

}  // namespace hougu::app
