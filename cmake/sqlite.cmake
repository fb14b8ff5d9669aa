# SQLite from its amalgamation (tools/setup puts it into .tools/sqlite), compiled once, optimised
# and without sanitizers. Debian's own SQLite has a known WAL corruption bug (docs/decisions).
set(sqlite_dir "${CMAKE_SOURCE_DIR}/.tools/sqlite")
if(NOT EXISTS "${sqlite_dir}/sqlite3.c")
  message(FATAL_ERROR "The SQLite source is missing. Run: tools/setup")
endif()
add_library(sqlite3 STATIC "${sqlite_dir}/sqlite3.c")
target_include_directories(sqlite3 SYSTEM PUBLIC "${sqlite_dir}")
target_compile_options(sqlite3 PRIVATE -O2 -g0 -w)
target_compile_definitions(
  sqlite3
  PRIVATE SQLITE_THREADSAFE=2 # multi-thread: a connection is used by one thread at a time
          SQLITE_DQS=0
          SQLITE_ENABLE_FTS5
          SQLITE_ENABLE_RTREE
          SQLITE_ENABLE_MATH_FUNCTIONS
          SQLITE_ENABLE_STAT4
          SQLITE_ENABLE_DBSTAT_VTAB
          SQLITE_DEFAULT_WAL_SYNCHRONOUS=2
          SQLITE_DEFAULT_MEMSTATUS=0
          SQLITE_LIKE_DOESNT_MATCH_BLOBS
          SQLITE_OMIT_DEPRECATED
          SQLITE_OMIT_SHARED_CACHE
          SQLITE_OMIT_LOAD_EXTENSION
          SQLITE_TEMP_STORE=2
          SQLITE_USE_ALLOCA
          SQLITE_HAVE_ISNAN
          HAVE_FDATASYNC
          HAVE_LOCALTIME_R
          HAVE_STRCHRNUL)
target_link_libraries(sqlite3 PUBLIC Threads::Threads m)
