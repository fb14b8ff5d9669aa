#include "schema/attachments/attachments.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "schema/attachments/attachments_test_support.h"
#include "schema/attachments/uploads.h"
#include "store/store_test_support.h"

namespace hougu::attachments {
namespace {
using identity::Principal;
using store::ActorKind;

class Attachments : public store::test::StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (HasFatalFailure()) return;
    ASSERT_TRUE(store::migrate(*db_, attachment_migrations()).ok());
    auto files = FileStore::open(place_->folder());
    ASSERT_TRUE(files.ok());
    files_ = std::move(*files);
    UploadOptions options;
    options.threads = 1;
    uploads_ = std::make_unique<Uploads>(*db_, *files_, clock_, ids_, options);
  }
  void TearDown() override {
    uploads_.reset();
    db_.reset();
  }

  Principal person(ActorKind kind = ActorKind::kUser) {
    Principal who;
    who.kind = kind;
    who.id = ids_.next();
    return who;
  }
  Upload upload(const std::string& content, const std::string& name, const Principal& who) {
    Upload out;
    out.path = place_->folder() + "/upload" + std::to_string(++count_);
    std::ofstream(out.path, std::ios::binary) << content;
    out.raw_name = name;
    out.uploader_kind = who.kind;
    out.uploader = who.id;
    return out;
  }
  Id stored(const std::string& content, const std::string& name, const Principal& who) {
    const auto attachment = uploads_->store(upload(content, name, who));
    EXPECT_TRUE(attachment.ok()) << attachment.error().code << attachment.error().cause;
    return attachment->id;
  }
  // "ok", or the code.
  std::string claimed(const Principal& who, std::vector<Id> ids, const Id& record,
                      const Accepts& accepts = {}, json::array* shown = nullptr) {
    const auto done = db_->write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(auto files, claim(tx, who, ids, "ticket", record, "photos", accepts));
      if (shown != nullptr) *shown = std::move(files);
      return {};
    });
    return store::test::code_of(done);
  }

  ManualClock clock_{SystemClock().now()};
  SeededRandom random_{5};
  IdSource ids_{clock_, random_};
  std::unique_ptr<FileStore> files_;
  std::unique_ptr<Uploads> uploads_;
  int count_ = 0;
};

TEST_P(Attachments, TakesAPictureInCleanedAndWithThumbnails) {
  const auto who = person();
  const auto attachment =
      uploads_->store(upload(fixture("turned_with_position.jpg"), "../压缩机 photo.html", who));
  ASSERT_TRUE(attachment.ok()) << attachment.error().code << attachment.error().cause;
  EXPECT_EQ(attachment->name, "压缩机 photo.jpg");
  EXPECT_EQ(attachment->type, "image/jpeg");
  EXPECT_EQ(attachment->width, 40);
  const std::string bytes = content_of(files_->path(attachment->sha256));
  EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), attachment->size);
  EXPECT_EQ(bytes.find("SECRETPHONE"), std::string::npos);
  EXPECT_FALSE(content_of(files_->thumbnail_path(attachment->sha256, 256)).empty());
  const auto shown = present(*attachment);
  EXPECT_EQ(shown.at("url").as_string(), "/api/v1/attachment/" + attachment->id.text());
  EXPECT_EQ(shown.at("height").as_int64(), 60);
}

TEST_P(Attachments, RefusesWhatIsTooLargeEmptyOrNoPicture) {
  const auto who = person();
  auto large = upload(std::string(2000, 'x'), "a.txt", who);
  large.max_bytes = 1999;
  EXPECT_EQ(uploads_->store(large).error().code, "attachment.too_large");
  EXPECT_EQ(uploads_->store(upload("", "a.txt", who)).error().code, "attachment.empty");
  auto page = upload("<html><script>alert(1)</script>", "a.jpg", who);
  page.images_only = true;
  EXPECT_EQ(uploads_->store(page).error().code, "attachment.not_image");
  EXPECT_EQ(uploads_->store(upload(fixture("bomb.png"), "b.png", who)).error().code,
            "image.too_large");
  EXPECT_FALSE(std::filesystem::exists(page.path));
  EXPECT_EQ(number("SELECT count(*) FROM attachment"), 0);
}

TEST_P(Attachments, BelongsToOneRecordAndOnlyItsUploaderGivesItAway) {
  const auto mine = person(), other = person();
  const Id a = stored("one", "a.txt", mine), b = stored("two", "b.txt", mine);
  const Id record = ids_.next(), another = ids_.next();
  EXPECT_EQ(claimed(other, {a}, record), "attachment.unknown");
  EXPECT_EQ(claimed(mine, {ids_.next()}, record), "attachment.unknown");
  EXPECT_EQ(claimed(mine, {a, a}, record), "attachment.repeated");
  json::array shown;
  EXPECT_EQ(claimed(mine, {b, a}, record, {}, &shown), "ok");
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[0].at("name").as_string(), "b.txt");
  EXPECT_EQ(claimed(mine, {a}, another), "attachment.unknown");
  // Somebody else may write the record again with what it has.
  EXPECT_EQ(claimed(other, {a}, record), "ok");
  Principal key = mine;
  key.kind = ActorKind::kApiKey;
  EXPECT_EQ(claimed(key, {stored("three", "c.txt", mine)}, another), "ok");
  EXPECT_EQ(claimed(Principal::system(), {stored("four", "d.txt", mine)}, another), "ok");
}

TEST_P(Attachments, CustomersGiveOnlyWhatCustomersBrought) {
  const auto employee = person(), customer = person(ActorKind::kCustomer);
  auto loose = upload("a", "a.txt", customer), scoped = upload("b", "b.txt", customer),
       foreign = upload("c", "c.txt", customer);
  scoped.ticket = customer.id;
  foreign.ticket = ids_.next();
  const Id a = uploads_->store(loose)->id, b = uploads_->store(scoped)->id,
           c = uploads_->store(foreign)->id;
  const Id record = ids_.next();
  EXPECT_EQ(claimed(customer, {stored("x", "x.txt", employee)}, record), "attachment.unknown");
  EXPECT_EQ(claimed(customer, {c}, record), "attachment.unknown");
  EXPECT_EQ(claimed(employee, {a}, record), "attachment.unknown");
  EXPECT_EQ(claimed(customer, {a, b}, record), "ok");
}

TEST_P(Attachments, FieldsSayWhatTheyTake) {
  const auto who = person();
  const Id text = stored("text", "a.txt", who), image = stored(fixture("plain.png"), "p.png", who);
  const Id record = ids_.next();
  EXPECT_EQ(claimed(who, {text}, record, {true, {}}), "attachment.type");
  EXPECT_EQ(claimed(who, {text}, record, {false, {"image/*", ".pdf"}}), "attachment.type");
  EXPECT_EQ(claimed(who, {text, image}, record, {false, {"image/*", ".TXT"}}), "ok");
}

TEST_P(Attachments, SweepTakesWhatNobodyClaimedAndBytesNobodyNeeds) {
  const auto who = person();
  const Id kept = stored("shared", "kept.txt", who);
  stored("shared", "copy.txt", who);
  const Id lost = stored("lost", "lost.txt", who);
  std::string lost_bytes, shared_bytes;
  ASSERT_TRUE(db_->read([&](store::Transaction& tx) -> Result<void> {
                   HOUGU_TRY(const auto a, find(tx, lost));
                   HOUGU_TRY(const auto b, find(tx, kept));
                   lost_bytes = files_->path(a->sha256);
                   shared_bytes = files_->path(b->sha256);
                   return {};
                 })
                  .ok());
  ASSERT_EQ(claimed(who, {kept}, ids_.next()), "ok");
  clock_.advance(kUnclaimedFor - 60'000);
  ASSERT_TRUE(uploads_->sweep().ok());
  EXPECT_EQ(number("SELECT count(*) FROM attachment"), 3);
  clock_.advance(120'000);
  ASSERT_TRUE(uploads_->sweep().ok());
  EXPECT_EQ(number("SELECT count(*) FROM attachment"), 1);
  EXPECT_FALSE(std::filesystem::exists(lost_bytes));
  EXPECT_EQ(content_of(shared_bytes), "shared");
}

TEST_P(Attachments, WorksOnItsOwnThreadAndAnswersAtTheEnd) {
  std::mutex mutex;
  std::condition_variable changed;
  int good = 0, ended = 0;
  const auto who = person();
  for (int i = 0; i < 10; ++i) {
    uploads_->submit(upload("content " + std::to_string(i), "a.txt", who),
                     [&](Result<Attachment> stored) {
                       const std::lock_guard lock(mutex);
                       stored.ok() ? ++good : ++ended;
                       changed.notify_one();
                     });
  }
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return good > 0; });
  }
  uploads_.reset();  // those that wait are told
  EXPECT_EQ(good + ended, 10);
  EXPECT_EQ(number("SELECT count(*) FROM attachment"), good);
}

INSTANTIATE_TEST_SUITE_P(Databases, Attachments,
                         ::testing::Values(store::Dialect::kSqlite, store::Dialect::kPostgres),
                         [](const auto& one) {
                           return one.param == store::Dialect::kSqlite ? "Sqlite" : "Postgres";
                         });
}  // namespace
}  // namespace hougu::attachments
