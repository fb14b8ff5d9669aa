// The test program is also the image worker that its tests start.
#include <gtest/gtest.h>

#include "schema/attachments/image_worker.h"

int main(int argc, char** argv) {
  if (argc > 1 && argv[1] == hougu::attachments::kImageWorkerCommand) {
    hougu::attachments::run_image_worker(argc, argv);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
