#include "identity/migrations.h"

namespace hougu::identity {
namespace {

constexpr std::string_view kOrganisation = R"sql(
CREATE TABLE org_unit (
  id {id} PRIMARY KEY,
  name {text} NOT NULL,
  kind {text} NOT NULL,
  parent {id} REFERENCES org_unit (id),
  code {text},
  phone {text},
  address {text},
  archived {bool} NOT NULL,
  version {int} NOT NULL,
  created_at {int} NOT NULL
);
CREATE INDEX org_unit_parent ON org_unit (parent);
CREATE UNIQUE INDEX org_unit_code ON org_unit (code);
CREATE TABLE org_user (
  id {id} PRIMARY KEY,
  login {text} NOT NULL,
  name {text} NOT NULL,
  phone {text},
  email {text},
  locale {text},
  unit {id} REFERENCES org_unit (id),
  roles {text} NOT NULL,
  active {bool} NOT NULL,
  password {text},
  must_change_password {bool} NOT NULL,
  preferences {text},
  last_seen_at {int},
  version {int} NOT NULL,
  created_at {int} NOT NULL
);
CREATE UNIQUE INDEX org_user_login ON org_user (login);
CREATE INDEX org_user_name ON org_user (name, id);
CREATE INDEX org_user_unit ON org_user (unit);
CREATE TABLE org_membership (
  person {id} NOT NULL REFERENCES org_user (id),
  unit {id} NOT NULL REFERENCES org_unit (id),
  PRIMARY KEY (person, unit)
);
CREATE INDEX org_membership_unit ON org_membership (unit);
CREATE TABLE role (
  name {text} PRIMARY KEY,
  definition {text} NOT NULL,
  pack {text},
  version {int} NOT NULL
);
)sql";

constexpr std::string_view kSignIn = R"sql(
CREATE TABLE session (
  id {id} PRIMARY KEY,
  token_hash {text} NOT NULL,
  person {id} NOT NULL REFERENCES org_user (id),
  created_at {int} NOT NULL,
  last_seen_at {int} NOT NULL,
  address {text},
  agent {text}
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_seen ON session (last_seen_at);
CREATE TABLE api_key (
  id {id} PRIMARY KEY,
  name {text} NOT NULL,
  key_hash {text} NOT NULL,
  shown {text} NOT NULL,
  person {id} NOT NULL REFERENCES org_user (id),
  scopes {text} NOT NULL,
  expires_at {int},
  created_at {int} NOT NULL
);
CREATE UNIQUE INDEX api_key_hash ON api_key (key_hash);
CREATE INDEX api_key_person ON api_key (person);
CREATE TABLE login_attempt (
  subject {text} PRIMARY KEY,
  failures {int} NOT NULL,
  last_at {int} NOT NULL,
  locked_until {int} NOT NULL
);
CREATE INDEX login_attempt_last ON login_attempt (last_at);
)sql";

constexpr store::Migration kMigrations[] = {
    {100, "identity_organisation", kOrganisation},
    {101, "identity_sign_in", kSignIn},
};

}  // namespace

std::span<const store::Migration> identity_migrations() { return kMigrations; }

}  // namespace hougu::identity
