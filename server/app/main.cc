// The command line: flags and commands; what they do is in a file for each command.
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/commands.h"
#include "app/version.h"
#include "schema/attachments/image_worker.h"

namespace {

using hougu::app::CommandLine;

struct Arguments {
  std::map<std::string, std::string> flags;  // settings by name, and "config"
  bool demo = false, force = false;
  std::string file, folder, login, name, topic;
  std::vector<std::string> roles;
  long long tickets = 12'000, customers = 0, devices = 0;
  unsigned long long seed = 2026;
};

// One flag for each setting of the table, for every command.
void add_settings(CLI::App& app, Arguments& arguments, const hougu::Messages& messages,
                  hougu::Locale locale) {
  const auto add = [&](std::string_view name) {
    std::string flag = "--";
    for (const char c : name) flag += c == '_' ? '-' : c;
    app.add_option_function<std::string>(
           flag,
           [&arguments, key = std::string(name)](const std::string& value) {
             arguments.flags[key] = value;
           },
           messages.text(locale, "config." + std::string(name)))
        ->group(messages.text(locale, "cli.settings"));
  };
  add("config");
  for (const auto& setting : hougu::app::settings()) add(setting.name);
}

class Program {
 public:
  Program(const hougu::Messages& messages, hougu::Locale locale)
      : messages_(messages), locale_(locale), app_(text("cli.about"), "hougu") {
    app_.set_version_flag("--version", std::string(hougu::app::kVersion));
    app_.require_subcommand(1);
    app_.fallthrough();
    add_settings(app_, arguments_, messages_, locale_);
    add_data_commands();
    add_user_commands();
    add_pack_commands();
    auto* help = app_.add_subcommand("help", text("cli.help"));
    help->add_option("topic", arguments_.topic)->check(CLI::IsMember({"config"}));
    run_[help] = [this](const CommandLine& line) { return this->help(line); };
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app_.exit(error) == 0 ? 0 : 2;
    }
    auto config = hougu::app::Config::load(
        arguments_.flags, [](const char* name) -> const char* { return std::getenv(name); });
    if (!config.ok()) {
      const CommandLine line{hougu::app::Config(), messages_, locale_};
      hougu::app::failed(line, config.error());
      return 2;
    }
    const CommandLine line{std::move(*config), messages_, locale_};
    for (const auto& [command, action] : run_) {
      if (command->parsed()) return action(line);
    }
    return 2;
  }

 private:
  using Action = std::function<int(const CommandLine&)>;

  std::string text(std::string_view key) const { return messages_.text(locale_, key); }

  CLI::App* add(CLI::App& parent, const std::string& name, const std::string& key, Action action) {
    auto* command = parent.add_subcommand(name, text("cli." + key));
    command->fallthrough();
    run_[command] = std::move(action);
    return command;
  }

  void add_data_commands() {
    Arguments& given = arguments_;
    add(app_, "serve", "serve", [&](const CommandLine& line) {
      return hougu::app::serve(line, given.demo);
    })->add_flag("--demo", given.demo, text("cli.serve_demo"));
    add(app_, "migrate", "migrate", hougu::app::migrate);
    add(app_, "backup", "backup",
        [&](const CommandLine& line) { return hougu::app::backup(line, given.file); })
        ->add_option("file", given.file, text("cli.backup_file"))
        ->required();
    add(app_, "restore", "restore",
        [&](const CommandLine& line) { return hougu::app::restore(line, given.file); })
        ->add_option("file", given.file, text("cli.backup_file"))
        ->required();
    add(app_, "check", "check", hougu::app::check);
    auto* demo =
        add(app_, "demo", "demo", [&](const CommandLine& line) { return make_demo(line); });
    demo->add_option("--tickets", given.tickets, text("cli.demo_tickets"))
        ->check(CLI::Range(0LL, 50'000'000LL));
    demo->add_option("--customers", given.customers, text("cli.demo_customers"));
    demo->add_option("--devices", given.devices, text("cli.demo_devices"));
    demo->add_option("--seed", given.seed, text("cli.demo_seed"));
  }

  // A larger demo has more customers and devices too, unless they are given.
  int make_demo(const CommandLine& line) const {
    const Arguments& given = arguments_;
    const auto per = [&](long long wanted, long long one_for, long long least) {
      return wanted > 0 ? wanted : std::max(given.tickets / one_for, least);
    };
    return hougu::app::demo(line, given.tickets, per(given.customers, 6, 200),
                            per(given.devices, 3, 500), given.seed);
  }

  void add_user_commands() {
    Arguments& given = arguments_;
    auto* user =
        app_.add_subcommand("user", text("cli.user"))->require_subcommand(1)->fallthrough();
    auto* add_one = add(*user, "add", "user_add", [&](const CommandLine& line) {
      return hougu::app::user_add(line, given.login, given.name, given.roles);
    });
    add_one->add_option("login", given.login, text("cli.login"))->required();
    add_one->add_option("--name", given.name, text("cli.name"));
    add_one->add_option("--role", given.roles, text("cli.role"));
    add(*user, "passwd", "user_passwd",
        [&](const CommandLine& line) { return hougu::app::user_passwd(line, given.login); })
        ->add_option("login", given.login, text("cli.login"))
        ->required();
    add(*user, "list", "user_list", hougu::app::user_list);
  }

  void add_pack_commands() {
    Arguments& given = arguments_;
    auto* pack =
        app_.add_subcommand("pack", text("cli.pack"))->require_subcommand(1)->fallthrough();
    const auto with_folder = [&](CLI::App* command) {
      command->add_option("folder", given.folder, text("cli.pack_folder"))->required();
      return command;
    };
    with_folder(add(*pack, "install", "pack_install", [&](const CommandLine& line) {
      return hougu::app::pack_install(line, given.folder, given.force);
    }))->add_flag("--force", given.force, text("cli.pack_force"));
    with_folder(add(*pack, "export", "pack_export", [&](const CommandLine& line) {
      return hougu::app::pack_export(line, given.folder);
    }));
    with_folder(add(*pack, "diff", "pack_diff", [&](const CommandLine& line) {
      return hougu::app::pack_diff(line, given.folder);
    }));
  }

  int help(const CommandLine& line) const {
    hougu::app::print(arguments_.topic == "config"
                          ? hougu::app::configuration_text(line.messages, line.locale)
                          : app_.help());
    return 0;
  }

  const hougu::Messages& messages_;
  hougu::Locale locale_;
  Arguments arguments_;
  CLI::App app_;
  std::map<CLI::App*, Action> run_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == hougu::attachments::kImageWorkerCommand) {
    hougu::attachments::run_image_worker(argc, argv);
  }
  // A heap for each busy thread, or they wait for each other; memory that was needed once (hashing
  // passwords, large answers) goes back to the system, but not with every request.
  mallopt(M_ARENA_MAX, 8);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
  const auto messages = hougu::app::load_messages();
  if (!messages.ok()) {
    std::fprintf(stderr, "hougu: %s\n", messages.error().cause.c_str());
    return 1;
  }
  return Program(*messages, hougu::app::terminal_locale()).run(argc, argv);
}
