# Flags of our own code. HOUGU_BUILD: "test" (sanitizers), "release", or "fuzz" (libFuzzer, which only
# clang has; no warnings are asked of it, they are gcc's business).
set(HOUGU_BUILD "test" CACHE STRING "test, release or fuzz")
set_property(CACHE HOUGU_BUILD PROPERTY STRINGS test release fuzz)
if(HOUGU_BUILD STREQUAL "test")
  set(HOUGU_TESTS ON)
elseif(HOUGU_BUILD MATCHES "^(release|fuzz)$")
  set(HOUGU_TESTS OFF)
else()
  message(FATAL_ERROR "HOUGU_BUILD is '${HOUGU_BUILD}'; it must be test, release or fuzz")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Folders compile side by side: a library needs its dependencies only when a program is linked.
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

find_program(CCACHE ccache)
if(CCACHE) # bin/build sets what ccache needs for precompiled headers
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(hougu_flags INTERFACE)
target_include_directories(hougu_flags INTERFACE "${CMAKE_SOURCE_DIR}/server")
target_compile_options(
  hougu_flags
  INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast
            -Wimplicit-fallthrough -Wundef -fpch-preprocess -fstack-protector-strong)
target_compile_definitions(hougu_flags INTERFACE _GLIBCXX_ASSERTIONS)
# Everywhere alike, or the precompiled header would not fit.
target_compile_options(hougu_flags INTERFACE -pthread)
target_link_options(hougu_flags INTERFACE -pthread -fuse-ld=mold -Wl,--as-needed -Wl,--gc-sections)

if(HOUGU_BUILD STREQUAL "test")
  target_compile_options(hougu_flags INTERFACE -O1 -g1 -fno-omit-frame-pointer
                                               -fsanitize=address,undefined
                                               -fno-sanitize-recover=all)
  target_link_options(hougu_flags INTERFACE -fsanitize=address,undefined)
  # gcc 12 sees uninitialised and freed memory where its own sanitizer code confuses it.
  target_compile_options(hougu_flags INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overflow
                                               -Wno-array-bounds -Wno-restrict)
elseif(HOUGU_BUILD STREQUAL "fuzz")
  target_compile_options(hougu_flags INTERFACE -O1 -g1 -w -fno-omit-frame-pointer
                                               -fsanitize=fuzzer-no-link,address,undefined
                                               -fno-sanitize-recover=all)
  target_link_options(hougu_flags INTERFACE -fsanitize=address,undefined)
else()
  # gcc 12 misreads moves of short strings.
  target_compile_options(hougu_flags INTERFACE -O2 -g0 -ffunction-sections -fdata-sections
                                               -Wno-restrict -Wno-array-bounds -Wno-maybe-uninitialized
                                               -Wno-stringop-overflow -Wno-stringop-overread)
  target_compile_definitions(hougu_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(hougu_flags INTERFACE -s -Wl,-z,relro,-z,now)
endif()
