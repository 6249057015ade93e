# How every target of Timbre is compiled, and the two functions that make targets.

add_library(timbre_compile_options INTERFACE)
target_compile_features(timbre_compile_options INTERFACE cxx_std_20)
# Results must be the same on every machine: no fused multiply-add, no re-ordered arithmetic.
target_compile_options(timbre_compile_options INTERFACE
  -ffp-contract=off -fno-fast-math -fno-strict-aliasing
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wconversion -Wno-sign-conversion -Werror)
target_include_directories(timbre_compile_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(timbre_compile_options INTERFACE
  TIMBRE_VERSION="${PROJECT_VERSION}"
  $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(TIMBRE_SANITIZE)
  target_compile_options(timbre_compile_options INTERFACE -fsanitize=${TIMBRE_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(timbre_compile_options INTERFACE -fsanitize=${TIMBRE_SANITIZE})
endif()

# moc 6.4 cannot parse the standard header <concepts>; with its include guard already set it skips it.
set(CMAKE_AUTOMOC_MOC_OPTIONS "-D_GLIBCXX_CONCEPTS")

find_program(TIMBRE_CCACHE ccache)
if(TIMBRE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TIMBRE_CCACHE})
endif()

# timbre_add_room(flow SOURCES … LINKS …): one engine room, target timbre_flow, alias timbre::flow.
function(timbre_add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(timbre_${name} STATIC ${ROOM_SOURCES})
  add_library(timbre::${name} ALIAS timbre_${name})
  target_link_libraries(timbre_${name} PUBLIC timbre_compile_options ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
endfunction()

# timbre_add_test(flow_table_test SOURCES … LINKS … [LABELS …] [GUI]): one Qt Test program, run by ctest.
# The .cpp ends with QTEST_GUILESS_MAIN or QTEST_MAIN and #include "<name>.moc".
function(timbre_add_test name)
  cmake_parse_arguments(T "GUI" "" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(${name} PRIVATE timbre_compile_options Qt6::Test ${T_LINKS})
  target_compile_definitions(${name} PRIVATE TIMBRE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    TIMBRE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    LABELS "${T_LABELS}" TIMEOUT 600 SKIP_REGULAR_EXPRESSION "ALL TESTS SKIPPED"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp;TSAN_OPTIONS=ignore_noninstrumented_modules=1")
endfunction()
