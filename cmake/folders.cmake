# One static library and one test program per folder of server/.
#
#   hougu_folder(NAME [DEPS folder…] [LINK target…] [TEST_SUPPORT source…])
#
# Sources: server/NAME/**/*.cc except *_test.cc -> library hougu_NAME ("/" becomes "_").
# Tests:   server/NAME/**/*_test.cc             -> program test_NAME, one CTest test.
# *_test_support.cc belongs to the tests, as *_test.cc does.
# TEST_SUPPORT: *_test_support.cc files of lower folders that the tests build upon.
# A folder without sources yet is skipped; so are dependencies on such folders.

add_custom_target(all_tests)

# The targets a folder's code may link: those of its dependencies that exist.
function(hougu_present_folders out)
  set(present)
  foreach(folder IN LISTS ARGN)
    string(REPLACE "/" "_" id "${folder}")
    if(TARGET hougu_${id})
      list(APPEND present hougu_${id})
    endif()
  endforeach()
  set(${out} "${present}" PARENT_SCOPE)
endfunction()

# The precompiled header is made once (hougu_pch) and reused where the flags are equal.
function(hougu_use_pch target)
  target_link_libraries(${target} PRIVATE Boost::json)
  target_precompile_headers(${target} REUSE_FROM hougu_pch)
endfunction()

function(hougu_folder name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPS;LINK;EXCLUDE;TEST_SUPPORT")
  string(REPLACE "/" "_" id "${name}")
  set(root "${CMAKE_SOURCE_DIR}/server/${name}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${root}/*.cc")
  if(arg_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "${arg_EXCLUDE}")
  endif()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test(_support)?\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test(_support)?\\.cc$")
  hougu_present_folders(deps ${arg_DEPS})

  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${root}/*.h")
  if(sources)
    add_library(hougu_${id} STATIC ${sources})
    target_link_libraries(hougu_${id} PUBLIC hougu_flags ${deps} ${arg_LINK})
    hougu_use_pch(hougu_${id})
  elseif(headers OR tests)
    add_library(hougu_${id} INTERFACE)
    target_link_libraries(hougu_${id} INTERFACE hougu_flags ${deps} ${arg_LINK})
  else()
    return()
  endif()

  if(tests AND HOUGU_TESTS)
    add_executable(test_${id} ${tests} ${arg_TEST_SUPPORT})
    target_link_libraries(test_${id} PRIVATE hougu_${id} GTest::gtest_main GTest::gmock
                                             rapidcheck_gtest)
    hougu_use_pch(test_${id})
    add_test(NAME ${id} COMMAND test_${id} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    add_dependencies(all_tests test_${id})
  endif()
endfunction()
