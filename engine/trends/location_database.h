#pragma once

// Country, place and network of an address, from MMDB files that the analyst names. Timbre brings none and asks nobody.

#include "engine/base/ip_address.h"
#include "engine/base/result.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace timbre::trends {

struct Location {
    std::uint32_t asn = 0; // 0: unknown
    std::string country;   // ISO code, upper case; empty: unknown
    std::optional<double> latitude;
    std::optional<double> longitude;
    std::optional<double> accuracyKm;
};

class LocationDatabase {
public:
    /// Any mixture of country, city and ASN files; what several have, the first one gives.
    static Result<std::shared_ptr<const LocationDatabase>> open(const std::vector<std::filesystem::path>& files);
    ~LocationDatabase();

    /// Empty for addresses that are not in the files, and for private ones, which are not looked up.
    [[nodiscard]] Location lookup(const IpAddress& address) const;
    /// File names with the moments they were built: what was asked, in short.
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    struct File;
    LocationDatabase();
    std::vector<std::unique_ptr<File>> m_files;
    std::string m_name;
};

/// Private, shared, loopback, link-local, multicast and unspecified addresses are not.
[[nodiscard]] bool isPublicAddress(const IpAddress& address);

} // namespace timbre::trends
