// Expected failures as values. Programmer errors are assertions; model errors are incidents.
#pragma once

#include <cassert>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hougu {

// What the caller can do about a failure; the API maps it to an HTTP status (given behind).
enum class ErrorKind {
  kInvalid,          // 422: the request is understood, a value is wrong: mend the input
  kMalformed,        // 400: not JSON, broken UTF-8, bad parameter syntax
  kUnauthenticated,  // 401
  kForbidden,        // 403
  kNotFound,         // 404: absent, or not visible to the caller (the two can't be told apart)
  kConflict,         // 409: stale version, duplicate, illegal transition
  kTooLarge,         // 413
  kUnsupportedType,  // 415
  kTooManyRequests,  // 429
  kInternal,         // 500: ours; details are logged, never shown
  kUnavailable,      // 503: database connection lost, shutting down: try again
  kStorageFull,      // 507
};

// One field's complaint inside an Error.
struct FieldError {
  std::string field;  // path in the request: "phone", "lines[2].quantity"
  std::string code;   // stable, e.g. "field.required"; its text is the message key "error.<code>"
  std::map<std::string, std::string> params{};  // values for {placeholders} of the text
};

// `code` is stable and public; its text is the message key "error.<code>" in the caller's language.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string code;
  std::string field{};
  std::map<std::string, std::string> params{};
  std::vector<FieldError> fields{};  // all complaints of a form at once
  std::string details_json{};        // JSON shown as `details` (e.g. both values of a conflict)
  std::string cause{};               // for the log only; never leaves the server
  bool retry = false;                // serialization failure: the verb is run again by the store
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
  const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
  T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  Error& error() & { return assert(!ok()), *std::get_if<1>(&state_); }
  const Error& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
  Error&& error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}

  bool ok() const { return !failed_; }
  explicit operator bool() const { return ok(); }
  Error& error() & { return assert(failed_), error_; }
  const Error& error() const& { return assert(failed_), error_; }
  Error&& error() && { return assert(failed_), std::move(error_); }

 private:
  bool failed_ = false;
  Error error_;
};

inline Error invalid(std::string code, std::string field = {},
                     std::map<std::string, std::string> params = {}) {
  return {ErrorKind::kInvalid, std::move(code), std::move(field), std::move(params)};
}
inline Error not_found(std::string code = "not_found") {
  return {ErrorKind::kNotFound, std::move(code)};
}
inline Error forbidden(std::string code = "forbidden") {
  return {ErrorKind::kForbidden, std::move(code)};
}
inline Error conflict(std::string code, std::map<std::string, std::string> params = {}) {
  return {ErrorKind::kConflict, std::move(code), {}, std::move(params)};
}
// `cause` is logged with the request id; the person sees only "internal".
inline Error internal(std::string cause) {
  Error error{ErrorKind::kInternal, "internal"};
  error.cause = std::move(cause);
  return error;
}
}  // namespace hougu

#define HOUGU_JOIN_(a, b) a##b
#define HOUGU_JOIN(a, b) HOUGU_JOIN_(a, b)

// HOUGU_TRY(auto name, expression): binds the value or returns the error.
#define HOUGU_TRY(declaration, expression) \
  HOUGU_TRY_(HOUGU_JOIN(result_, __COUNTER__), declaration, expression)
#define HOUGU_TRY_(temporary, declaration, expression)      \
  auto temporary = (expression);                            \
  if (!temporary.ok()) return std::move(temporary).error(); \
  declaration = std::move(temporary).value()

// HOUGU_CHECK(expression): returns the error of a Result whose value isn't needed.
#define HOUGU_CHECK(expression) HOUGU_CHECK_(HOUGU_JOIN(result_, __COUNTER__), expression)
#define HOUGU_CHECK_(temporary, expression)                                                  \
  do {                                                                                       \
    if (auto temporary = (expression); !temporary.ok()) return std::move(temporary).error(); \
  } while (false)
