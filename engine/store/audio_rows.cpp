#include "engine/store/audio_rows.h"

#include "engine/audio/stream_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cstring>

namespace timbre::store {

using audio::StreamReport;

namespace {

constexpr std::string_view kSave = "save the voice streams in the workspace";
constexpr std::string_view kLoad = "read the workspace";

constexpr const char* kInsertStream =
    "INSERT INTO audio_streams VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40,"
    " ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50)";
constexpr const char* kSelectStreams = "SELECT * FROM audio_streams WHERE capture_id = ?1 ORDER BY position";
constexpr const char* kInsertReason = "INSERT INTO audio_reasons VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
constexpr const char* kSelectReasons =
    "SELECT stream, name, text, value, low, high, unit, weight FROM audio_reasons WHERE capture_id = ?1"
    " ORDER BY stream, position";

static_assert(sizeof(audio::TimelineBin) == 20, "bins are kept as they lie in memory");

Error damaged(CaptureKey key, std::string_view what)
{
    return {ErrorCode::Damaged, "The voice streams of a stored capture are damaged. Analyse the file again.",
            fmt::format("capture {}: {}", static_cast<std::uint32_t>(key), what)};
}

/// Parameters one after the other. Text must live until the statement has run.
class Binder {
public:
    explicit Binder(Statement& statement)
        : m_statement(statement)
    {
    }

    template<typename Value>
    Binder& operator<<(const Value& value)
    {
        m_statement.bind(++m_parameter, value);
        return *this;
    }
    Binder& operator<<(const std::string& text) { return *this << std::string_view(text); }
    Binder& operator<<(const char* text) { return *this << std::string_view(text); }
    template<typename Real>
    Binder& operator<<(const std::optional<Real>& value)
    {
        ++m_parameter;
        if (value)
            m_statement.bind(m_parameter, static_cast<double>(*value));
        else
            m_statement.bindNull(m_parameter);
        return *this;
    }
    Binder& operator<<(std::nullptr_t)
    {
        m_statement.bindNull(++m_parameter);
        return *this;
    }
    Binder& operator<<(Bytes blob)
    {
        m_statement.bindBlob(++m_parameter, blob);
        return *this;
    }

private:
    Statement& m_statement;
    int m_parameter = 0;
};

/// Columns one after the other.
class Columns {
public:
    Columns(const Statement& row, int first)
        : m_row(row)
        , m_column(first - 1)
    {
    }

    std::int64_t integer() { return m_row.integer(++m_column); }
    template<typename Number = std::uint64_t>
    Number natural()
    {
        return static_cast<Number>(integer());
    }
    double real() { return m_row.real(++m_column); }
    std::string text() { return std::string(m_row.text(++m_column)); }
    Bytes blob() { return m_row.blob(++m_column); }
    std::optional<double> optional()
    {
        ++m_column;
        return m_row.isNull(m_column) ? std::nullopt : std::optional(m_row.real(m_column));
    }
    /// The value whose name stands there; `ok` becomes false when there is none.
    template<typename Enum>
    Enum named(int count, bool& ok)
    {
        const std::string_view name = m_row.text(++m_column);
        for (int i = 0; i < count; ++i) {
            if (toString(static_cast<Enum>(i)) == name)
                return static_cast<Enum>(i);
        }
        ok = false;
        return {};
    }

private:
    const Statement& m_row;
    int m_column;
};

void bindQuality(Binder& row, const std::optional<audio::QualityEstimate>& quality)
{
    if (quality)
        row << quality->mos << quality->rating << quality->delayMs << int{quality->delayMeasured}
            << int{quality->codecKnown};
    else
        row << nullptr << nullptr << nullptr << 0 << 0;
}

Result<void> insertStream(Statement& statement, CaptureKey key, std::uint64_t position, const StreamReport& stream)
{
    const std::string source = toString(stream.source.address);
    const std::string destination = toString(stream.destination.address);
    const std::string types = fmt::format("{}", fmt::join(stream.payloadTypes, " "));
    const audio::ScorerFeatures& exact = stream.exact.features;
    const audio::CalibratedVerdict& calibrated = stream.calibrated;
    Binder row(statement);
    row << std::uint64_t{static_cast<std::uint32_t>(key)} << position << stream.flow << flow::toString(stream.side)
        << source << int{stream.source.port} << destination << int{stream.destination.port} << toString(stream.kind)
        << toString(stream.foundBy) << toString(stream.wrapping) << toString(stream.media) << stream.ssrc
        << stream.codec << types << stream.clockHz << stream.first.ns << stream.last.ns << stream.firstPacket
        << stream.lastPacket << stream.packets << stream.payloadBytes << stream.expected << stream.lost
        << stream.duplicates << stream.late << stream.reports << stream.jitterMs << stream.features.frameMs
        << int{stream.exactCodec} << stream.exact.packets << stream.exact.score << toString(stream.exact.verdict)
        << exact.gapVariation << exact.silenceFraction << exact.bitrateRatio << exact.qualityVariation
        << exact.bimodality << toString(calibrated.verdict) << calibrated.probability << calibrated.confidence
        << toString(calibrated.missing);
    bindQuality(row, stream.quality);
    row << stream.timeline->begin.ns << stream.timeline->binNs << std::as_bytes(std::span(stream.timeline->bins));
    return statement.run(kSave);
}

Result<void> insertReasons(Statement& statement, CaptureKey key, std::uint64_t stream,
                           const std::vector<audio::Reason>& reasons)
{
    for (std::size_t position = 0; position < reasons.size(); ++position) {
        const audio::Reason& reason = reasons[position];
        Binder(statement) << std::uint64_t{static_cast<std::uint32_t>(key)} << stream << std::uint64_t{position}
                          << reason.name << reason.text << reason.value << reason.low << reason.high << reason.unit
                          << reason.weight;
        if (auto done = statement.run(kSave); !done)
            return done;
    }
    return {};
}

bool readTypes(std::string_view text, std::vector<std::uint8_t>& types)
{
    while (!text.empty()) {
        std::uint8_t type = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), type);
        if (error != std::errc())
            return false;
        types.push_back(type);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.empty())
            text.remove_prefix(1);
    }
    return true;
}

bool readTimeline(Columns& columns, StreamReport& stream)
{
    auto timeline = std::make_shared<audio::StreamTimeline>();
    timeline->begin.ns = columns.integer();
    timeline->binNs = columns.integer();
    const Bytes blob = columns.blob();
    const std::size_t count = blob.size() / sizeof(audio::TimelineBin);
    if (blob.size() % sizeof(audio::TimelineBin) != 0 || count > audio::kMaxTimelineBins || timeline->binNs <= 0)
        return false;
    timeline->bins.resize(count);
    if (count > 0)
        std::memcpy(timeline->bins.data(), blob.data(), blob.size());
    stream.timeline = std::move(timeline);
    return true;
}

void readQuality(Columns& columns, StreamReport& stream)
{
    audio::QualityEstimate quality;
    const auto mos = columns.optional();
    quality.rating = columns.optional().value_or(0.0);
    quality.delayMs = columns.optional().value_or(0.0);
    quality.delayMeasured = columns.integer() != 0;
    quality.codecKnown = columns.integer() != 0;
    if (mos) {
        quality.mos = *mos;
        stream.quality = quality;
    }
}

bool readEnd(Columns& columns, audio::StreamEnd& end)
{
    const auto address = IpAddress::parse(columns.text());
    end.port = columns.natural<std::uint16_t>();
    if (address)
        end.address = *address;
    return address.has_value();
}

/// What the columns up to the jitter say. Columns 0 and 1 are the capture and the position.
bool readPath(Columns& columns, StreamReport& stream)
{
    bool ok = true;
    stream.flow = columns.natural<std::uint32_t>();
    stream.side = columns.named<flow::Side>(2, ok);
    ok = readEnd(columns, stream.source) && ok;
    ok = readEnd(columns, stream.destination) && ok;
    stream.kind = columns.named<audio::StreamKind>(4, ok);
    stream.foundBy = columns.named<audio::FoundBy>(3, ok);
    stream.wrapping = columns.named<protocol::Wrapping>(5, ok);
    stream.media = columns.named<audio::Media>(2, ok);
    stream.ssrc = columns.natural<std::uint32_t>();
    stream.codec = columns.text();
    ok = readTypes(columns.text(), stream.payloadTypes) && ok;
    stream.clockHz = columns.natural<std::uint32_t>();
    stream.first.ns = columns.integer();
    stream.last.ns = columns.integer();
    for (std::uint64_t* count : {&stream.firstPacket, &stream.lastPacket, &stream.packets, &stream.payloadBytes,
                                 &stream.expected, &stream.lost, &stream.duplicates, &stream.late, &stream.reports})
        *count = columns.natural();
    stream.jitterMs = columns.optional();
    stream.features.frameMs = columns.real();
    return ok;
}

bool readVerdicts(Columns& columns, StreamReport& stream)
{
    bool ok = true;
    stream.exactCodec = columns.natural<std::uint8_t>();
    stream.exact.packets = columns.natural();
    if (const auto score = columns.optional())
        stream.exact.score = static_cast<float>(*score);
    stream.exact.verdict = columns.named<audio::ScorerVerdict>(4, ok);
    audio::ScorerFeatures& exact = stream.exact.features;
    exact.gapVariation = columns.optional();
    exact.silenceFraction = columns.real();
    exact.bitrateRatio = columns.optional();
    exact.qualityVariation = columns.optional();
    exact.bimodality = columns.optional();
    stream.calibrated.verdict = columns.named<audio::Verdict>(4, ok);
    stream.calibrated.probability = columns.real();
    stream.calibrated.confidence = columns.real();
    stream.calibrated.missing = columns.named<audio::Missing>(audio::kMissingKinds, ok);
    return ok && stream.exactCodec < protocol::kWzpCodecs.size();
}

Result<std::vector<StreamReport>> readReports(Connection& connection, CaptureKey key)
{
    auto row = connection.prepare(kSelectStreams, kLoad);
    if (!row)
        return row.error();
    row->bind(1, std::uint64_t{static_cast<std::uint32_t>(key)});
    std::vector<StreamReport> streams;
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return streams;
        StreamReport stream;
        stream.index = static_cast<std::uint32_t>(row->natural(1));
        stream.ended = true;
        Columns columns(*row, 2);
        if (!readPath(columns, stream) || !readVerdicts(columns, stream))
            return damaged(key, "audio_streams");
        readQuality(columns, stream);
        if (!readTimeline(columns, stream))
            return damaged(key, "audio_streams.bins");
        stream.features.packets = stream.packets;
        stream.features.seconds = stream.seconds();
        streams.push_back(std::move(stream));
    }
}

Result<void> readReasons(Connection& connection, CaptureKey key, std::vector<StreamReport>& streams)
{
    auto row = connection.prepare(kSelectReasons, kLoad);
    if (!row)
        return row.error();
    row->bind(1, std::uint64_t{static_cast<std::uint32_t>(key)});
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return {};
        const std::uint64_t position = row->natural(0);
        if (position >= streams.size())
            return damaged(key, "audio_reasons");
        Columns columns(*row, 1);
        audio::Reason reason;
        reason.name = columns.text();
        reason.text = columns.text();
        reason.value = columns.real();
        reason.low = columns.real();
        reason.high = columns.real();
        reason.unit = columns.text();
        reason.weight = columns.real();
        streams[position].calibrated.reasons.push_back(std::move(reason));
    }
}

} // namespace

Result<void> saveStreams(Connection& connection, CaptureKey key, const audio::StreamList* streams)
{
    for (const char* sql :
         {"DELETE FROM audio_reasons WHERE capture_id = ?1", "DELETE FROM audio_streams WHERE capture_id = ?1"}) {
        auto statement = connection.prepare(sql, kSave);
        if (!statement)
            return statement.error();
        statement->bind(1, std::uint64_t{static_cast<std::uint32_t>(key)});
        if (auto done = statement->run(kSave); !done)
            return done;
    }
    if (!streams)
        return {};
    auto insert = connection.prepare(kInsertStream, kSave);
    if (!insert)
        return insert.error();
    auto reasons = connection.prepare(kInsertReason, kSave);
    if (!reasons)
        return reasons.error();
    for (std::uint64_t position = 0; position < streams->streams.size(); ++position) {
        const StreamReport& stream = *streams->streams[position];
        if (auto done = insertStream(*insert, key, position, stream); !done)
            return done;
        if (auto done = insertReasons(*reasons, key, position, stream.calibrated.reasons); !done)
            return done;
    }
    return {};
}

Result<std::shared_ptr<const audio::StreamList>> readStreams(Connection& connection, CaptureKey key)
{
    auto streams = readReports(connection, key);
    if (!streams)
        return streams.error();
    if (auto done = readReasons(connection, key, *streams); !done)
        return done.error();
    auto list = std::make_shared<audio::StreamList>();
    list->counters.streams = streams->size();
    for (StreamReport& stream : *streams)
        list->streams.push_back(std::make_shared<StreamReport>(std::move(stream)));
    return std::shared_ptr<const audio::StreamList>(std::move(list));
}

} // namespace timbre::store
