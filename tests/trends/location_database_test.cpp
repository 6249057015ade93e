// Countries, places and networks of addresses from a database that the test writes itself.

#include "engine/trends/location_database.h"
#include "tests/trends/mmdb_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace timbre;
using namespace timbre::trends;

namespace {

class LocationDatabaseTest : public QObject {
    Q_OBJECT

private slots:
    void looksUp()
    {
        const auto path = write("places.mmdb", test::mmdbOf({{"198.51.100.0/24", "de", 52.5, 13.4, 64500},
                                                             {"203.0.113.128/25", "JP", 35.7, 139.7, 64501}}));
        const auto database = LocationDatabase::open({path});
        QVERIFY2(database.ok(), database.ok() ? "" : database.error().detail.c_str());
        const Location berlin = (*database)->lookup(*IpAddress::parse("198.51.100.7"));
        QCOMPARE(berlin.country, std::string("DE")); // upper case, however the file has it
        QCOMPARE(berlin.asn, 64500U);
        QCOMPARE(berlin.latitude, std::optional(52.5));
        QCOMPARE(berlin.accuracyKm, std::optional(20.0));
        QCOMPARE((*database)->lookup(*IpAddress::parse("203.0.113.200")).country, std::string("JP"));
        for (const char* elsewhere : {"203.0.113.1", "192.0.2.1", "10.0.0.1", "2001:db8::1"})
            QVERIFY((*database)->lookup(*IpAddress::parse(elsewhere)).country.empty());
        QCOMPARE((*database)->name(), std::string("places.mmdb@1700000000"));
    }

    void theFirstFileCounts()
    {
        const auto first = write("first.mmdb", test::mmdbOf({{"198.51.100.0/24", "DE", 52.5, 13.4, 1}}));
        const auto second =
            write("second.mmdb",
                  test::mmdbOf({{"198.51.100.0/24", "FR", 48.9, 2.4, 2}, {"203.0.113.0/24", "FR", 48.9, 2.4, 3}}));
        const auto database = LocationDatabase::open({first, second});
        QVERIFY(database.ok());
        QCOMPARE((*database)->lookup(*IpAddress::parse("198.51.100.7")).country, std::string("DE"));
        QCOMPARE((*database)->lookup(*IpAddress::parse("203.0.113.7")).asn, 3U);
    }

    void privateAddressesAreNotLookedUp()
    {
        const auto path = write("private.mmdb", test::mmdbOf({{"10.0.0.0/8", "XX", 1, 1, 1}}));
        const auto database = LocationDatabase::open({path});
        QVERIFY(database.ok());
        QVERIFY((*database)->lookup(*IpAddress::parse("10.1.2.3")).country.empty());
    }

    void brokenFilesAreRefused()
    {
        const std::string good = test::mmdbOf({{"198.51.100.0/24", "DE", 52.5, 13.4, 1}});
        for (const std::string& bytes : {std::string(), std::string("no database"), good.substr(0, good.size() / 2)})
            QVERIFY(!LocationDatabase::open({write("broken.mmdb", bytes)}).ok());
        QVERIFY(!LocationDatabase::open({std::filesystem::path("/nowhere/at/all.mmdb")}).ok());
        // A tree that leads nowhere is found out at the look-up, not by a crash.
        std::string wild = good;
        std::fill_n(wild.begin(), 600, '\x7f');
        if (const auto database = LocationDatabase::open({write("wild.mmdb", wild)}); database.ok())
            QVERIFY((*database)->lookup(*IpAddress::parse("198.51.100.7")).country.empty());
    }

private:
    std::filesystem::path write(const char* name, const std::string& bytes)
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    QTemporaryDir m_folder;
};

} // namespace

QTEST_GUILESS_MAIN(LocationDatabaseTest)
#include "location_database_test.moc"
