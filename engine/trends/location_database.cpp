#include "engine/trends/location_database.h"

#include <maxminddb.h>
#include <netinet/in.h>

namespace timbre::trends {

namespace {

constexpr std::array kNotPublic{
    "0.0.0.0/8",      "10.0.0.0/8",  "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.168.0.0/16", "224.0.0.0/3", "::/128",        "::1/128",     "fc00::/7",       "fe80::/10",     "ff00::/8",
};

sockaddr_storage socketAddress(const IpAddress& address)
{
    sockaddr_storage storage{};
    if (address.family == IpFamily::V4) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        std::memcpy(&v4.sin_addr, address.octets.data(), 4);
        std::memcpy(&storage, &v4, sizeof v4);
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        std::memcpy(&v6.sin6_addr, address.octets.data(), 16);
        std::memcpy(&storage, &v6, sizeof v6);
    }
    return storage;
}

std::optional<double> number(MMDB_entry_s entry, const char* first, const char* second)
{
    MMDB_entry_data_s data;
    if (MMDB_get_value(&entry, &data, first, second, nullptr) != MMDB_SUCCESS || !data.has_data)
        return std::nullopt;
    switch (data.type) {
    case MMDB_DATA_TYPE_DOUBLE:
        return data.double_value;
    case MMDB_DATA_TYPE_UINT16:
        return data.uint16;
    case MMDB_DATA_TYPE_UINT32:
        return data.uint32;
    default:
        return std::nullopt;
    }
}

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

void take(MMDB_entry_s entry, Location& location)
{
    MMDB_entry_data_s data;
    if (location.asn == 0 && MMDB_get_value(&entry, &data, "autonomous_system_number", nullptr) == MMDB_SUCCESS &&
        data.has_data && data.type == MMDB_DATA_TYPE_UINT32)
        location.asn = data.uint32;
    if (location.country.empty() && MMDB_get_value(&entry, &data, "country", "iso_code", nullptr) == MMDB_SUCCESS &&
        data.has_data && data.type == MMDB_DATA_TYPE_UTF8_STRING)
        location.country = upperCase({data.utf8_string, data.data_size});
    if (!location.latitude) {
        location.latitude = number(entry, "location", "latitude");
        location.longitude = number(entry, "location", "longitude");
        location.accuracyKm = number(entry, "location", "accuracy_radius");
    }
}

} // namespace

struct LocationDatabase::File {
    MMDB_s handle{};
    bool open = false;

    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (open)
            MMDB_close(&handle);
    }
};

LocationDatabase::LocationDatabase() = default;
LocationDatabase::~LocationDatabase() = default;

Result<std::shared_ptr<const LocationDatabase>> LocationDatabase::open(const std::vector<std::filesystem::path>& files)
{
    std::shared_ptr<LocationDatabase> database(new LocationDatabase); // private constructor
    for (const auto& path : files) {
        database->m_name += (database->m_name.empty() ? "" : " ") + path.filename().string();
        auto file = std::make_unique<File>();
        const int status = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &file->handle);
        if (status != MMDB_SUCCESS)
            return Error{ErrorCode::Unreadable, "The location database cannot be read: " + path.string(),
                         MMDB_strerror(status)};
        file->open = true;
        database->m_name += "@" + std::to_string(file->handle.metadata.build_epoch);
        database->m_files.push_back(std::move(file));
    }
    return std::shared_ptr<const LocationDatabase>(std::move(database));
}

Location LocationDatabase::lookup(const IpAddress& address) const
{
    Location location;
    if (!address.valid() || !isPublicAddress(address))
        return location;
    const sockaddr_storage storage = socketAddress(address);
    for (const auto& file : m_files) {
        int status = MMDB_SUCCESS;
        const auto found = MMDB_lookup_sockaddr(&file->handle, reinterpret_cast<const sockaddr*>(&storage), &status);
        if (status == MMDB_SUCCESS && found.found_entry)
            take(found.entry, location);
    }
    return location;
}

bool isPublicAddress(const IpAddress& address)
{
    static const std::vector<IpPrefix> ranges = [] {
        std::vector<IpPrefix> list;
        for (const char* text : kNotPublic)
            list.push_back(*IpPrefix::parse(text));
        return list;
    }();
    for (const IpPrefix& range : ranges)
        if (range.contains(address))
            return false;
    return true;
}

} // namespace timbre::trends
