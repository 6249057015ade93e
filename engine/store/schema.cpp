#include "engine/store/schema.h"

#include "engine/store/schema_steps.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <span>

namespace timbre::store {

namespace {

constexpr std::string_view kUpgrade = "bring the workspace up to date";

/// In the order in which they came about: the version of a workspace is their number.
std::span<const char* const> steps()
{
    static const std::array kSteps{
        schema::kCaptures, schema::kFlowRows,     schema::kFlowView,       schema::kRecordingsAndMasks,
        schema::kTrends,   schema::kAudio,        schema::kNotes,          schema::kResonance,
        schema::kLosses,   schema::kMissingNames, schema::kResonanceBlocks};
    return kSteps;
}

using SchemaTexts = std::map<std::string, std::string, std::less<>>; // "table captures" → its CREATE text

Result<SchemaTexts> readSchema(Connection& connection)
{
    constexpr std::string_view kAttempt = "read the workspace";
    auto statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL", kAttempt);
    if (!statement)
        return statement.error();
    SchemaTexts texts;
    while (true) {
        auto row = statement->step(kAttempt);
        if (!row)
            return row.error();
        if (!*row)
            return texts;
        texts.emplace(fmt::format("{} {}", statement->text(0), statement->text(1)), statement->text(2));
    }
}

Result<SchemaTexts> expectedSchema(int version)
{
    auto model = Connection::open({}, OpenMode::Memory, 0, {});
    if (!model)
        return model.error();
    if (auto built = migrate(*model, version); !built)
        return built.error();
    return readSchema(*model);
}

} // namespace

int currentSchemaVersion()
{
    return static_cast<int>(steps().size());
}

Result<void> migrate(Connection& connection, int target)
{
    auto version = connection.queryInteger("PRAGMA user_version", kUpgrade);
    if (!version)
        return version.error();
    for (auto next = static_cast<int>(*version); next < target; ++next) {
        auto transaction = Transaction::begin(connection, kUpgrade);
        if (!transaction)
            return transaction.error();
        if (auto done = connection.execute(steps()[static_cast<std::size_t>(next)], kUpgrade); !done)
            return done;
        const std::string marks =
            fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, next + 1);
        if (auto done = connection.execute(marks.c_str(), kUpgrade); !done)
            return done;
        if (auto done = transaction->commit(kUpgrade); !done)
            return done;
    }
    return {};
}

Result<void> verifySchema(Connection& connection, int version)
{
    auto found = readSchema(connection);
    if (!found)
        return found.error();
    auto expected = expectedSchema(version);
    if (!expected)
        return expected.error();
    const auto damaged = [](std::string detail) {
        return Error{ErrorCode::Damaged,
                     "Cannot open the workspace: its tables are not the ones Timbre makes. Open another workspace.",
                     std::move(detail)};
    };
    for (const auto& [name, text] : *expected) {
        const auto same = found->find(name);
        if (same == found->end() || same->second != text)
            return damaged(fmt::format("schema version {}: {} is missing or differs", version, name));
    }
    for (const auto& [name, text] : *found) {
        if (name.starts_with("trigger "))
            return damaged(fmt::format("unexpected {}", name));
    }
    return {};
}

} // namespace timbre::store
