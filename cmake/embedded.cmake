# The web pages and packs inside the program. tools/pack_files keeps the time of files that stay
# the same, so running it on every build costs a moment and rebuilds nothing.
set(packed "${CMAKE_BINARY_DIR}/packed")
file(GLOB_RECURSE packed_inputs CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/packs/*"
     "${CMAKE_SOURCE_DIR}/web/dist/*" "${CMAKE_SOURCE_DIR}/server/*.json"
     "${CMAKE_SOURCE_DIR}/server/*.sql" "${CMAKE_SOURCE_DIR}/server/*.txt"
     "${CMAKE_SOURCE_DIR}/server/*.csv")
add_custom_command(
  OUTPUT "${packed}/packed.S" "${packed}/packed_tables.cc"
  BYPRODUCTS "${packed}/packed.bin"
  COMMAND "${CMAKE_SOURCE_DIR}/tools/pack_files" "${packed}"
  DEPENDS ${packed_inputs} "${CMAKE_SOURCE_DIR}/tools/pack_files.mjs"
  COMMENT "Packing web pages and packs" VERBATIM)
add_library(hougu_embedded STATIC "${packed}/packed.S" "${packed}/packed_tables.cc")
target_link_libraries(hougu_embedded PRIVATE hougu_flags)
