#pragma once
// Where capture bytes go: memory (tests) or a file (the program). A file is written in blocks of one MiB, so a capture
// of any size needs no more memory than that. After the first failed write nothing more is written and `error()` tells
// why.

#include "tests/generator/bytes.h"

#include <string>

namespace timbre::generator {

class Output {
public:
    /// Into memory; see `take()`.
    Output() = default;
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output();

    /// Requires: nothing was appended yet. False: see error().
    [[nodiscard]] bool openFile(const std::string& path);

    void append(ByteView data);
    /// Room for `size` bytes that the caller fills before the next call.
    [[nodiscard]] std::uint8_t* grow(std::size_t size);
    /// Bytes so far, i.e. the offset of the next one.
    [[nodiscard]] std::uint64_t offset() const { return m_flushed + m_used; }
    /// Writes what is left and closes. False: see error().
    [[nodiscard]] bool finish();
    [[nodiscard]] const std::string& error() const { return m_error; }
    /// Memory only: everything that was appended.
    [[nodiscard]] Bytes take();

private:
    void flush();

    Bytes m_buffer; // bytes past m_used are spare room
    std::size_t m_used = 0;
    std::uint64_t m_flushed = 0;
    int m_file = -1;
    std::string m_error;
};

} // namespace timbre::generator
