#include "tests/capture/packed_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <memory>

namespace timbre::test {

using capture::Compression;

namespace {

la_ssize_t appendToString(archive*, void* into, const void* bytes, std::size_t size)
{
    static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

void mustSucceed(int status)
{
    if (status != ARCHIVE_OK)
        std::abort(); // the test itself is broken
}

class Packer {
public:
    explicit Packer(Compression compression)
        : m_writer(archive_write_new(), &archive_write_free)
    {
        mustSucceed(compression == Compression::Zip ? archive_write_set_format_zip(m_writer.get())
                                                    : archive_write_set_format_raw(m_writer.get()));
        mustSucceed(addFilter(compression));
        mustSucceed(archive_write_set_bytes_in_last_block(m_writer.get(), 1));
        mustSucceed(archive_write_open(m_writer.get(), &m_file, nullptr, &appendToString, nullptr));
    }

    void beginMember(const std::string& name)
    {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  &archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        mustSucceed(archive_write_header(m_writer.get(), entry.get()));
    }
    void add(const std::string& content) { archive_write_data(m_writer.get(), content.data(), content.size()); }
    std::string finish()
    {
        mustSucceed(archive_write_close(m_writer.get()));
        return std::move(m_file);
    }

private:
    int addFilter(Compression compression)
    {
        switch (compression) {
        case Compression::Gzip:
            return archive_write_add_filter_gzip(m_writer.get());
        case Compression::Zstd:
            return archive_write_add_filter_zstd(m_writer.get());
        case Compression::Lz4:
            return archive_write_add_filter_lz4(m_writer.get());
        case Compression::Xz:
            return archive_write_add_filter_xz(m_writer.get());
        case Compression::Bzip2:
            return archive_write_add_filter_bzip2(m_writer.get());
        case Compression::Zip:
        case Compression::None:
            break;
        }
        return ARCHIVE_OK;
    }

    std::string m_file;
    std::unique_ptr<archive, decltype(&archive_write_free)> m_writer;
};

} // namespace

std::string packed(const std::string& content, Compression compression)
{
    return packedRepeatedly(content, {}, 0, compression);
}

std::string packedZip(const std::vector<ZipMember>& members)
{
    Packer packer(Compression::Zip);
    for (const ZipMember& member : members) {
        packer.beginMember(member.name);
        packer.add(member.content);
    }
    return packer.finish();
}

std::string packedRepeatedly(const std::string& front, const std::string& repeated, int times, Compression compression)
{
    Packer packer(compression);
    packer.beginMember("capture");
    packer.add(front);
    for (int i = 0; i < times; ++i)
        packer.add(repeated);
    return packer.finish();
}

} // namespace timbre::test
