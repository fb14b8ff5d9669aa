# Debian's libraries, as imported targets.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(CURL REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n data)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(date REQUIRED)
find_package(PkgConfig REQUIRED)
foreach(module
        re2 pugixml xlsxwriter minizip expat cairo pangocairo libqrencode libargon2 vips
        libdeflate libbrotlienc libbrotlidec zlib tomlplusplus libdecnumber)
  pkg_check_modules(${module} REQUIRED IMPORTED_TARGET ${module})
endforeach()
if(HOUGU_TESTS)
  find_package(GTest REQUIRED)
  # rapidcheck's Debian package has no CMake files that name its GoogleTest bridge.
  find_library(RAPIDCHECK rapidcheck REQUIRED)
  add_library(rapidcheck_gtest INTERFACE)
  target_link_libraries(rapidcheck_gtest INTERFACE ${RAPIDCHECK})
endif()
