// Everything that a running server consists of, wired together.
#pragma once

#include <memory>
#include <string>

#include "app/opened.h"

namespace hougu::app {

// Built and destroyed on one thread. `opened` outlives it.
class Serving {
 public:
  // Starts answering. Errors: those of http::Server::start(), "config.value" for a bad address.
  static Result<std::unique_ptr<Serving>> start(Opened& opened);
  // Stops accepting, lets requests in flight finish, ends background work.
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  std::string address() const;  // "http://127.0.0.1:8080"
  // False: some requests hung beyond the time given to them; then nothing may be taken apart, and
  // the program has to leave at once.
  bool stop();

 private:
  struct Parts;
  explicit Serving(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace hougu::app
