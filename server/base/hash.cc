#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdlib>

#include "base/text.h"

namespace hougu {
namespace {
// OpenSSL's digests fail only without memory or with a broken installation; a wrong digest would
// be worse than no answer.
void require(bool ok) {
  if (!ok) std::abort();
}

unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
}  // namespace

std::string sha256(std::string_view data) {
  std::string out(32, '\0');
  require(EVP_Digest(data.data(), data.size(), raw(out), nullptr, EVP_sha256(), nullptr) == 1);
  return out;
}

std::string sha256_hex(std::string_view data) { return hex(sha256(data)); }

std::string hmac_sha256(std::string_view key, std::string_view data) {
  std::string out(32, '\0');
  unsigned length = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char*>(data.data()), data.size(), raw(out),
               &length) != nullptr);
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_token(std::size_t bytes) {
  std::string buffer(bytes, '\0');
  require(RAND_bytes(raw(buffer), static_cast<int>(bytes)) == 1);
  return base64url(buffer);
}

struct Sha256Stream::State {
  State() : context(EVP_MD_CTX_new()) {
    require(context && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1);
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  EVP_MD_CTX* context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::string_view data) {
  require(EVP_DigestUpdate(state_->context, data.data(), data.size()) == 1);
}

std::string Sha256Stream::finish() {
  std::string out(32, '\0');
  require(EVP_DigestFinal_ex(state_->context, raw(out), nullptr) == 1);
  return out;
}
}  // namespace hougu
