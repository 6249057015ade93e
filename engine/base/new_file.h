#pragma once

// Writes a file that nobody sees until it is whole: everything goes into a temporary file beside the target, which takes
// the target's name only when finish() succeeds. Exports use it.

#include "engine/base/bytes.h"
#include "engine/base/result.h"

#include <filesystem>
#include <vector>

namespace timbre {

/// Belongs to one thread. Destroyed without finish(), it leaves no file behind.
class NewFile {
public:
    /// Without `overwrite` a file of that name is left alone, and create() or finish() refuses.
    static Result<NewFile> create(const std::filesystem::path& target, bool overwrite);
    /// A file for this user alone that others may read while it is written: it has its name at once, and stays when this
    /// object goes without finish(). Refuses when there is one of that name.
    static Result<NewFile> createGrowing(const std::filesystem::path& target);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&& other) noexcept;
    ~NewFile();

    /// Buffered. A failed write discards the file; all that follow fail too.
    Result<void> write(Bytes bytes);
    /// Hands what is buffered to the system, so that readers see it.
    Result<void> flush();
    /// Brings everything to the disk and gives the file its name. Nothing may be written after it.
    Result<void> finish();

private:
    NewFile(std::filesystem::path target, std::filesystem::path temporary, int descriptor, bool overwrite);
    Result<void> takeName();
    Error failed(int systemError);
    void discard();

    std::filesystem::path m_target;
    std::filesystem::path m_temporary; // empty once it is gone or has its name
    int m_descriptor = -1;
    bool m_overwrite = false;
    std::vector<std::byte> m_buffer;
};

} // namespace timbre
