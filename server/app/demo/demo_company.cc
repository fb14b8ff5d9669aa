#include "app/demo/demo_company.h"

#include "identity/organisation.h"
#include "identity/passwords.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::app {
namespace {

using identity::Principal;

constexpr Millis kDay = 86'400'000;
constexpr std::int64_t kBatch = 250;

std::string numbered(std::string_view prefix, std::size_t n) {
  if (n == 1) return std::string(prefix);  // "agent", then "agent02"
  return std::string(prefix) + (n < 10 ? "0" : "") + std::to_string(n);
}

Result<Id> id_of(const json::object& made) {
  const auto id = Id::parse(find_string(made, "id").value_or(""));
  if (!id) return internal("the demo made something without an id");
  return *id;
}

class Organisation {
 public:
  Organisation(const DemoMaker& maker, store::Transaction& tx, std::string hash)
      : maker_(maker),
        context_{tx, system_, maker.ids, maker.clock.now()},
        hash_(std::move(hash)) {}

  Result<Id> unit(std::string_view name, std::string_view kind, const std::optional<Id>& parent,
                  std::string_view code, std::string_view phone) {
    json::object values{{"name", name}, {"kind", kind}};
    if (parent) values["parent"] = parent->text();
    if (!code.empty()) values["code"] = code;
    if (!phone.empty()) values["phone"] = phone;
    HOUGU_TRY(const auto made, identity::create_unit(context_, values));
    return id_of(made);
  }

  Result<void> name_it(const json::object& organisation) {
    const auto said = [&](const char* member) { return organisation.at(member); };
    HOUGU_CHECK(identity::update_organisation(
        context_, {{"name", said("name")},
                   {"portal", json::object{{"enabled", true},
                                           {"phone", said("phone")},
                                           {"welcome", said("welcome")}}}}));
    return {};
  }

  Result<DemoPerson> person(std::string_view login, std::string name, std::string_view role,
                            const Id& unit) {
    const json::object values{{"login", login},
                              {"name", name},
                              {"phone", maker_.data.mobile(maker_.dice)},
                              {"locale", "zh-CN"},
                              {"unit", unit.text()},
                              {"units", json::array{unit.text()}},
                              {"roles", json::array{role}},
                              {"active", true},
                              {"must_change_password", false}};
    HOUGU_TRY(const auto existing, identity::user_by_login(context_.tx, login));
    if (existing) {
      HOUGU_CHECK(identity::update_user(context_, *existing, values));
      HOUGU_CHECK(identity::set_password(context_, *existing, hash_, false, std::nullopt));
      return DemoPerson{*existing, std::move(name)};
    }
    HOUGU_TRY(const auto made, identity::create_user(context_, values, hash_));
    HOUGU_TRY(const auto id, id_of(made));
    return DemoPerson{id, std::move(name)};
  }

 private:
  const DemoMaker& maker_;
  Principal system_ = Principal::system();
  identity::Context context_;
  std::string hash_;
};

Result<void> make_people(const DemoMaker& maker, Organisation& made, DemoCompany& company) {
  const auto& data = maker.data;
  const auto name = [&] { return data.person(maker.dice); };
  HOUGU_CHECK(made.name_it(data.part("organisation")));
  HOUGU_TRY(const auto root, made.unit(std::string_view(data.root.at("company").as_string()),
                                       "company", std::nullopt, "", ""));
  const auto& desk = data.part("desk");
  HOUGU_TRY(const auto desk_id, made.unit(*find_string(desk, "name"), "department", root,
                                          *find_string(desk, "code"), ""));
  HOUGU_TRY(company.admin, made.person("admin", name(), "administrator", root));
  HOUGU_TRY(company.manager, made.person("manager", name(), "manager", root));
  const auto outlets = data.list("outlets").size();
  const auto agents = static_cast<std::size_t>(desk.at("agents").as_int64()) - outlets;
  for (std::size_t n = 1; n <= agents; ++n) {
    HOUGU_TRY(auto agent, made.person(numbered("agent", n), name(), "agent", desk_id));
    company.agents.push_back(std::move(agent));
  }
  std::size_t engineers = 0, outlet_agents = 0;
  for (const auto& entry : data.list("outlets")) {
    DemoOutlet outlet;
    outlet.data = &entry.as_object();
    const auto code = std::string(*find_string(*outlet.data, "code"));
    HOUGU_TRY(outlet.unit, made.unit(*find_string(*outlet.data, "name"), "outlet", root, code,
                                     *find_string(*outlet.data, "phone")));
    outlet.team = outlet.unit;
    HOUGU_CHECK(
        made.person(numbered("outlet", ++outlet_agents), name(), "outlet_agent", outlet.unit));
    for (std::int64_t n = 0; n < outlet.data->at("engineers").as_int64(); ++n) {
      HOUGU_TRY(auto engineer,
                made.person(numbered("engineer", ++engineers), name(), "engineer", outlet.team));
      outlet.engineers.push_back(std::move(engineer));
    }
    company.outlets.push_back(std::move(outlet));
  }
  return {};
}

Result<void> make_regions(const DemoMaker& maker, store::Transaction& tx,
                          const DemoCompany& company) {
  for (const auto& outlet : company.outlets)
    HOUGU_CHECK(maker.records.create(tx, Principal::system(), "region",
                                     {{"name", outlet.data->at("region")},
                                      {"codes", outlet.data->at("codes")},
                                      {"team", outlet.team.text()}}));
  return {};
}

Result<void> make_products(const DemoMaker& maker, store::Transaction& tx, DemoCompany& company) {
  for (const auto& entry : maker.data.list("products")) {
    const auto& product = entry.as_object();
    HOUGU_TRY(const auto made, maker.records.create(tx, Principal::system(), "product",
                                                    {{"model", product.at("model")},
                                                     {"name", product.at("name")},
                                                     {"product_line", product.at("line")},
                                                     {"warranty_months", product.at("months")},
                                                     {"price", product.at("price")}}));
    company.products.push_back(made.id);
  }
  return {};
}

json::object address_in(const DemoMaker& maker, const DemoOutlet& outlet) {
  auto& dice = maker.dice;
  const auto& place = dice.pick(outlet.data->at("places").as_array()).as_array();
  std::string street(maker.data.root.at("street_form").as_string());
  const auto put = [&](std::string_view name, const std::string& value) {
    street.replace(street.find(name), name.size(), value);
  };
  put("{street}", std::string(place[1].as_string()));
  put("{number}", std::to_string(dice.between(1, 999)));
  put("{community}", dice.text(maker.data.list("communities")));
  put("{building}", std::to_string(dice.between(1, 30)));
  put("{floor}", std::to_string(dice.between(1, 32)));
  put("{door}", std::to_string(dice.between(1, 4)));
  return {{"code", place[0]}, {"street", street}};
}

Result<void> make_customer(const DemoMaker& maker, store::Transaction& tx, DemoCompany& company) {
  auto& dice = maker.dice;
  DemoCompany::Customer customer;
  customer.outlet = dice.below(company.outlets.size());
  const bool is_company = dice.chance(6);
  customer.name =
      is_company ? dice.text(maker.data.list("companies")) + std::to_string(dice.between(1, 99))
                 : maker.data.person(dice);
  customer.phone = maker.data.mobile(dice);
  customer.address = address_in(maker, company.outlets[customer.outlet]);
  const auto level = dice.below(100);
  HOUGU_TRY(const auto made, maker.records.create(tx, Principal::system(), "customer",
                                                  {{"name", customer.name},
                                                   {"kind", is_company ? "company" : "person"},
                                                   {"level", level < 4    ? "vip"
                                                             : level < 15 ? "gold"
                                                             : level < 40 ? "silver"
                                                                          : "standard"},
                                                   {"phone", customer.phone},
                                                   {"address", customer.address}}));
  customer.id = made.id;
  if (is_company)
    HOUGU_CHECK(maker.records.create(tx, Principal::system(), "contact",
                                     {{"customer", made.id.text()},
                                      {"name", maker.data.person(dice)},
                                      {"phone", maker.data.mobile(dice)}}));
  company.customers.push_back(std::move(customer));
  return {};
}

Result<void> make_device(const DemoMaker& maker, store::Transaction& tx, DemoCompany& company) {
  auto& dice = maker.dice;
  DemoCompany::Device device;
  device.customer = company.devices.size() < company.customers.size()
                        ? company.devices.size()
                        : dice.below(company.customers.size());
  device.product = dice.below(company.products.size());
  device.installed = maker.clock.now() - dice.between(-500, 1400) * kDay;
  device.installed = std::min(device.installed, maker.target.now - kDay);
  const auto& customer = company.customers[device.customer];
  const auto& outlet = *company.outlets[customer.outlet].data;
  const auto near = [&](std::string_view axis) {
    return outlet.at(axis).as_double() + static_cast<double>(dice.between(-900, 900)) / 10'000.0;
  };
  const auto serial = "QH" + std::to_string(21 + dice.below(5)) +
                      std::to_string(1'000'000 + dice.below(9'000'000)) +
                      std::to_string(10'000 + company.devices.size());
  HOUGU_TRY(const auto made,
            maker.records.create(
                tx, Principal::system(), "asset",
                {{"serial_number", serial},
                 {"product", company.products[device.product].text()},
                 {"customer", customer.id.text()},
                 {"installed_on", format_utc(device.installed).substr(0, 10)},
                 {"purchased_on", format_utc(device.installed - 5 * kDay).substr(0, 10)},
                 {"address", customer.address},
                 {"location",
                  json::object{{"lat", near("lat")}, {"lng", near("lng")}, {"datum", "wgs84"}}}}));
  device.id = made.id;
  company.devices.push_back(device);
  return {};
}

using MakeOne = Result<void> (*)(const DemoMaker&, store::Transaction&, DemoCompany&);

Result<void> make_many(const DemoMaker& maker, DemoCompany& company, std::string_view what,
                       std::int64_t count, MakeOne make_one) {
  for (std::int64_t done = 0; done < count;) {
    const auto until = std::min(count, done + kBatch);
    HOUGU_CHECK(maker.write([&](store::Transaction& tx) -> Result<void> {
      for (; done < until; ++done) HOUGU_CHECK(make_one(maker, tx, company));
      return {};
    }));
    maker.report(what, done, count);
  }
  return {};
}
}  // namespace

Result<void> DemoMaker::write(const store::Verb& verb) const {
  bool ran = false;
  return target.database.write([&](store::Transaction& tx) -> Result<void> {
    if (std::exchange(ran, true)) return internal("the demo was disturbed by another writer");
    return verb(tx);
  });
}

Result<DemoCompany> make_company(const DemoMaker& maker) {
  DemoCompany company;
  HOUGU_TRY(auto hash, identity::hash_password(maker.data.root.at("password").as_string().c_str()));
  HOUGU_CHECK(maker.write([&](store::Transaction& tx) -> Result<void> {
    Organisation made(maker, tx, hash);
    HOUGU_CHECK(make_people(maker, made, company));
    HOUGU_CHECK(make_regions(maker, tx, company));
    return make_products(maker, tx, company);
  }));
  HOUGU_CHECK(make_many(maker, company, "customers", maker.options.customers, make_customer));
  HOUGU_CHECK(make_many(maker, company, "devices", maker.options.devices, make_device));
  return company;
}
}  // namespace hougu::app
