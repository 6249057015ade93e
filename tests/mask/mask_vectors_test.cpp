// The format's own vectors: canonical bytes, refusals and remarks, published masks.

#include "engine/mask/canonical.h"
#include "engine/mask/mask_file.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace timbre;
using nlohmann::json;

namespace {

constexpr std::uint64_t kNow = 1'720'000'000;

std::filesystem::path directory()
{
    return test::vectorsDirectory() / "mask";
}

std::string contents(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::optional<json> vectors(const char* name)
{
    const auto path = directory() / name;
    return std::filesystem::exists(path) ? std::optional(json::parse(contents(path))) : std::nullopt;
}

std::string textOf(const json& entry)
{
    return entry.contains("mask_file") ? contents(directory() / entry["mask_file"].get<std::string>())
                                       : entry["mask"].get<std::string>();
}

QByteArray sha256(const std::string& bytes)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256).toHex();
}

QByteArray text(const json& value)
{
    return QByteArray::fromStdString(value.get<std::string>());
}

} // namespace

class MaskVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void canonicalBytesAreTheListedOnes()
    {
        const auto all = vectors("canonical.json");
        if (!all)
            QSKIP("canonical.json is not there");
        int checked = 0;
        for (const json& entry : (*all)["cases"]) {
            const std::string name = entry["name"].get<std::string>();
            const mask::ProfileReading exact = mask::readProfile(textOf(entry));
            QVERIFY2(
                exact.profile,
                (name + ": " + exact.refusal.rule + ' ' + exact.refusal.field + ' ' + exact.refusal.reason).c_str());
            const QByteArray hex = QByteArray::fromStdString(mask::canonicalBytes(*exact.profile)).toHex();
            QVERIFY2(hex == text(entry["canonical_hex"]), name.c_str());
            QCOMPARE(sha256(mask::canonicalBytes(*exact.profile)), text(entry["sha256"]));

            const mask::ProfileReading other = mask::readProfile(textOf(entry), mask::NumberReading::TwoStep);
            QVERIFY2(other.profile, name.c_str());
            const char* listed = entry.contains("approx_reader_sha256") ? "approx_reader_sha256" : "sha256";
            QVERIFY2(sha256(mask::canonicalBytes(*other.profile)) == text(entry[listed]), name.c_str());

            const std::string plus = mask::canonicalBytes(*exact.profile, mask::ExponentSign::Plus);
            const char* plusListed = entry.contains("plus_dialect_sha256") ? "plus_dialect_sha256" : "sha256";
            QVERIFY2(sha256(plus) == text(entry[plusListed]), name.c_str());
            ++checked;
        }
        QVERIFY(checked >= 100);
    }

    void badMasksAreRefusedAndOddOnesRemarkedOn()
    {
        const auto all = vectors("reject.json");
        if (!all)
            QSKIP("reject.json is not there");
        const auto now = (*all)["now"].get<std::uint64_t>();
        const mask::MaskLoading control = mask::loadMask((*all)["control"].get<std::string>(), now);
        QVERIFY2(control.loaded, control.refusal.reason.c_str());
        for (const json& entry : (*all)["cases"]) {
            const std::string name = entry["name"].get<std::string>();
            const std::string rule = entry["rule"].get<std::string>();
            const mask::MaskLoading loading = mask::loadMask(entry["mask"].get<std::string>(), now);
            if (entry["severity"] == "refuse") {
                QVERIFY2(!loading.loaded, name.c_str());
                QVERIFY2(loading.refusal.rule == rule, (name + " named " + loading.refusal.rule + ' ' +
                                                        loading.refusal.field + ' ' + loading.refusal.reason)
                                                           .c_str());
                QVERIFY(!loading.refusal.reason.empty());
            } else {
                QVERIFY2(loading.loaded, (name + ' ' + loading.refusal.rule + ' ' + loading.refusal.reason).c_str());
                const auto& remarks = loading.loaded->remarks;
                const bool remarked = std::any_of(remarks.begin(), remarks.end(),
                                                  [&](const mask::Remark& each) { return each.rule == rule; });
                QVERIFY2(remarked, name.c_str());
            }
        }
    }

    void publishedMasksLoadAndSurviveRewriting()
    {
        if (!std::filesystem::is_directory(directory() / "real"))
            QSKIP("real masks are not there");
        int masks = 0;
        for (const auto& file : std::filesystem::directory_iterator(directory() / "real")) {
            if (file.path().extension() != ".json")
                continue;
            const std::string name = file.path().filename().string();
            const mask::MaskLoading loading = mask::loadMask(contents(file.path()), kNow);
            QVERIFY2(loading.loaded, (name + ' ' + loading.refusal.rule + ' ' + loading.refusal.reason).c_str());
            const std::string rewritten = mask::fileText(loading.loaded->mask);
            const mask::MaskLoading again = mask::loadMask(rewritten, kNow);
            QVERIFY2(again.loaded, name.c_str());
            QCOMPARE(mask::canonicalBytes(again.loaded->mask), mask::canonicalBytes(loading.loaded->mask));
            QCOMPARE(mask::fileText(again.loaded->mask), rewritten);
            ++masks;
        }
        QCOMPARE(masks, 11);
    }
};

QTEST_GUILESS_MAIN(MaskVectorsTest)
#include "mask_vectors_test.moc"
