// QR labels of devices.
#include "service/assets/labels.h"

#include <map>

#include "api/routes.h"
#include "base/text.h"
#include "http/headers.h"
#include "identity/organisation.h"

namespace hougu::api {
namespace {
using schema::Record;

constexpr int kPage = 200;

// The address that customers' phones reach: the configured one, else that of this request.
Result<std::string> public_address(const Call& call) {
  if (!call.services.public_url.empty()) return call.services.public_url;
  const auto host = call.request.header("host");
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  if (host.empty() || host.find_first_not_of(kAllowed) != std::string_view::npos) {
    return conflict("label.no_address");
  }
  return std::string(call.request.secure ? "https://" : "http://") + std::string(host);
}

Result<std::vector<Record>> chosen_assets(Call& call, const std::string& ids) {
  std::vector<Record> assets;
  for (const auto part : split(ids, ',')) {
    const auto id = Id::parse(trimmed(part));
    if (!id) return Error{ErrorKind::kMalformed, "query.assets", "assets"};
    if (assets.size() == service::kMaxLabels) {
      return invalid("label.too_many", "assets", {{"max", std::to_string(service::kMaxLabels)}});
    }
    HOUGU_TRY(auto asset, call.services.records.get(call.tx, call.who, "asset", *id));
    assets.push_back(std::move(asset));
  }
  return assets;
}

Result<std::vector<Record>> matching_assets(Call& call) {
  HOUGU_TRY(auto query, list_query(call));
  query.entity = "asset";
  query.limit = kPage;
  std::vector<Record> assets;
  do {
    HOUGU_TRY(auto page, call.services.records.list(call.tx, call.who, query));
    for (auto& asset : page.records) assets.push_back(std::move(asset));
    query.after = page.next;
  } while (!query.after.empty() && assets.size() <= service::kMaxLabels);
  return assets;
}

// Name and model of products, each read once.
class Products {
 public:
  explicit Products(Call& call) : call_(call) {}
  Result<void> name(const Record& asset, service::DeviceLabel& label) {
    const auto id = asset.reference("product");
    if (!id) return {};
    auto it = known_.find(*id);
    if (it == known_.end()) {
      const auto product = call_.services.records.get(call_.tx, call_.who, "product", *id);
      Names names;
      if (product.ok()) {
        names = {std::string(product->text("name")), std::string(product->text("model"))};
      } else if (product.error().kind == ErrorKind::kNotFound ||
                 product.error().kind == ErrorKind::kForbidden) {
        const auto* shown = find_object(asset.values, "product");  // its title may be seen
        if (shown != nullptr) names.name = find_string(*shown, "title").value_or("");
      } else {
        return product.error();
      }
      it = known_.emplace(*id, std::move(names)).first;
    }
    label.product = it->second.name;
    label.model = it->second.model;
    return {};
  }

 private:
  struct Names {
    std::string name, model;
  };
  Call& call_;
  std::map<Id, Names> known_;
};

Result<service::LabelTexts> texts_of(Call& call) {
  HOUGU_TRY(const auto organisation, identity::read_organisation(call.tx));
  service::LabelTexts texts;
  texts.organisation = find_string(organisation, "name").value_or("");
  if (const auto* portal = find_object(organisation, "portal")) {
    texts.phone = find_string(*portal, "phone").value_or("");
  }
  // Customers of both languages read it.
  texts.scan = call.services.messages.text(Locale::kChinese, "label.scan") + " / " +
               call.services.messages.text(Locale::kEnglish, "label.scan");
  texts.serial_prefix = call.services.messages.text(call.locale, "label.serial");
  return texts;
}

Result<Answer> get_labels(Call& call) {
  const auto format = call.request.parameter("format").value_or("a4");
  if (format != "a4" && format != "60x40") {
    return Error{ErrorKind::kMalformed, "query.format", "format"};
  }
  HOUGU_TRY(const auto address, public_address(call));
  const auto ids = call.request.parameter("assets");
  HOUGU_TRY(const auto assets,
            ids && !ids->empty() ? chosen_assets(call, *ids) : matching_assets(call));
  Products products(call);
  std::vector<service::DeviceLabel> labels;
  for (const auto& asset : assets) {
    const auto token = asset.text("qr_token");
    if (token.empty()) return forbidden("label.no_token");
    service::DeviceLabel label;
    label.url = address + "/s/" + std::string(token);
    label.serial_number = asset.text("serial_number");
    HOUGU_CHECK(products.name(asset, label));
    labels.push_back(std::move(label));
  }
  HOUGU_TRY(const auto texts, texts_of(call));
  HOUGU_TRY(auto pdf, service::labels_pdf(
                          format == "a4" ? service::LabelFormat::kA4 : service::LabelFormat::k60x40,
                          labels, texts));
  http::Response response;
  response.set("content-type", "application/pdf")
      .set("content-disposition", http::content_disposition("labels.pdf", false))
      .set("cache-control", "no-store");
  response.body = std::move(pdf);
  return Answer::raw(std::move(response));
}
}  // namespace

Routes label_routes() {
  Routes routes;
  routes.push_back(read(Method::kGet, "/label", Access::signed_in(), "label.print", get_labels)
                       .with_query({"assets", "where", "filter", "view", "search", "format"}));
  return routes;
}
}  // namespace hougu::api
