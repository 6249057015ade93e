#include "ui/models/streams_model.h"

#include "ui/models/format.h"
#include "ui/models/reason_texts.h"

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr double kPercent = 100.0;

bool isNumber(StreamsModel::Column column)
{
    using Column = StreamsModel::Column;
    switch (column) {
    case Column::Confidence:
    case Column::Packets:
    case Column::Loss:
    case Column::Jitter:
    case Column::Duration:
    case Column::Quality:
        return true;
    default:
        return false;
    }
}

/// "not enough evidence" first, then by how much it matters.
int rank(audio::Verdict verdict)
{
    switch (verdict) {
    case audio::Verdict::Abusive:
        return 3;
    case audio::Verdict::Suspect:
        return 2;
    case audio::Verdict::Legitimate:
        return 1;
    case audio::Verdict::NotEnough:
        break;
    }
    return 0;
}

QString exactText(const audio::ScorerResult& exact)
{
    if (!exact.score)
        return {};
    return QStringLiteral("%1 %2").arg(QString::number(static_cast<double>(*exact.score), 'f', 2),
                                       exactWord(exact.verdict));
}

} // namespace

timbre::ui::Role stateOf(audio::Verdict verdict)
{
    switch (verdict) {
    case audio::Verdict::Legitimate:
        return Role::Good;
    case audio::Verdict::Suspect:
        return Role::Watch;
    case audio::Verdict::Abusive:
        return Role::Bad;
    case audio::Verdict::NotEnough:
        break;
    }
    return Role::Unknown;
}

QString verdictWord(audio::Verdict verdict)
{
    switch (verdict) {
    case audio::Verdict::Legitimate:
        return StreamsModel::tr("legitimate");
    case audio::Verdict::Suspect:
        return StreamsModel::tr("suspect");
    case audio::Verdict::Abusive:
        return StreamsModel::tr("abusive");
    case audio::Verdict::NotEnough:
        break;
    }
    return StreamsModel::tr("not enough evidence");
}

QString exactWord(audio::ScorerVerdict verdict)
{
    switch (verdict) {
    case audio::ScorerVerdict::Legitimate:
        return verdictWord(audio::Verdict::Legitimate);
    case audio::ScorerVerdict::Suspect:
        return verdictWord(audio::Verdict::Suspect);
    case audio::ScorerVerdict::Abusive:
        return verdictWord(audio::Verdict::Abusive);
    case audio::ScorerVerdict::None:
        break;
    }
    return {};
}

QString endText(const audio::StreamEnd& end)
{
    const QString host = toQString(toString(end.address));
    const QString port = QString::number(end.port);
    return end.address.family == IpFamily::V6 ? QLatin1Char('[') + host + QStringLiteral("]:") + port
                                              : host + QLatin1Char(':') + port;
}

StreamsModel::StreamsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void StreamsModel::setStreams(std::shared_ptr<const audio::StreamList> list, bool sameCapture)
{
    const std::vector<StreamPtr> none;
    const std::vector<StreamPtr>& streams = list ? list->streams : none;
    if (!sameCapture || streams.size() < m_rows.size()) {
        beginResetModel();
        m_rows = streams;
        endResetModel();
        return;
    }
    std::vector<StreamPtr> byIndex; // an index is a place in the list but while some have no report yet
    for (const StreamPtr& stream : streams) {
        if (byIndex.size() <= stream->index)
            byIndex.resize(stream->index + std::size_t{1});
        byIndex[stream->index] = stream;
    }
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        StreamPtr& fresh = byIndex[m_rows[row]->index];
        if (fresh && fresh != m_rows[row]) {
            m_rows[row] = fresh;
            const int at = static_cast<int>(row);
            emit dataChanged(index(at, 0), index(at, columnCount() - 1));
        }
        fresh.reset();
    }
    std::erase(byIndex, nullptr);
    if (byIndex.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(byIndex.size()) - 1);
    m_rows.insert(m_rows.end(), byIndex.begin(), byIndex.end());
    endInsertRows();
}

StreamPtr StreamsModel::stream(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : m_rows[static_cast<std::size_t>(row)];
}

int StreamsModel::rowOf(std::uint32_t index) const
{
    const auto found = std::ranges::find_if(m_rows, [index](const StreamPtr& s) { return s->index == index; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int StreamsModel::rowOfFlow(std::uint32_t flow) const
{
    const auto found = std::ranges::find_if(m_rows, [flow](const StreamPtr& s) { return s->flow == flow; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int StreamsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StreamsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QString StreamsModel::text(const audio::StreamReport& stream, Column column) const
{
    const bool judged = stream.calibrated.verdict != audio::Verdict::NotEnough;
    switch (column) {
    case Column::Verdict:
        return stream.media == audio::Media::Video ? tr("video") : verdictWord(stream.calibrated.verdict);
    case Column::Confidence:
        return judged ? QStringLiteral("%1 %").arg(qRound(stream.calibrated.confidence * kPercent)) : QString();
    case Column::Exact:
        return exactText(stream.exact);
    case Column::From:
        return endText(stream.source);
    case Column::To:
        return endText(stream.destination);
    case Column::Codec:
        return QString::fromStdString(stream.codec);
    case Column::Packets:
        return formatCount(stream.packets);
    case Column::Loss:
        return QStringLiteral("%1 %").arg(QString::number(stream.lossShare() * kPercent, 'f', 1));
    case Column::Jitter:
        return stream.jitterMs ? QStringLiteral("%1 ms").arg(QString::number(*stream.jitterMs, 'f', 1)) : QString();
    case Column::Duration:
        return formatDuration(std::max<std::int64_t>(0, elapsedNs(stream.first, stream.last)));
    case Column::Quality:
        return stream.quality ? QStringLiteral("≈ %1").arg(QString::number(stream.quality->mos, 'f', 1)) : QString();
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant StreamsModel::raw(const audio::StreamReport& stream, Column column)
{
    switch (column) {
    case Column::Verdict:
        return rank(stream.calibrated.verdict);
    case Column::Confidence:
        return stream.calibrated.confidence;
    case Column::Exact:
        return stream.exact.score ? static_cast<double>(*stream.exact.score) : -1.0;
    case Column::From:
        return endText(stream.source);
    case Column::To:
        return endText(stream.destination);
    case Column::Codec:
        return QString::fromStdString(stream.codec);
    case Column::Packets:
        return QVariant::fromValue(static_cast<qulonglong>(stream.packets));
    case Column::Loss:
        return stream.lossShare();
    case Column::Jitter:
        return stream.jitterMs.value_or(-1.0);
    case Column::Duration:
        return stream.seconds();
    case Column::Quality:
        return stream.quality ? stream.quality->mos : 0.0;
    case Column::NumColumns:
        break;
    }
    return {};
}

QString StreamsModel::toolTip(const audio::StreamReport& stream, Column column)
{
    switch (column) {
    case Column::Verdict:
    case Column::Confidence:
        if (stream.calibrated.missing != audio::Missing::Nothing)
            return QStringLiteral("%1: %2").arg(verdictWord(stream.calibrated.verdict), missingText(stream));
        return stream.calibrated.reasons.empty() ? verdictWord(stream.calibrated.verdict)
                                                 : reasonText(stream.calibrated.reasons.front().text);
    case Column::Exact:
        return tr("The reference's score, computed exactly. It knows no codec: plain G.711 is always “suspect”.");
    case Column::Loss:
        return tr("%1 of %2 packets are missing").arg(formatCount(stream.lost), formatCount(stream.expected));
    case Column::Jitter:
        return tr("After RFC 3550, at the last packet");
    case Column::Quality:
        return tr("Mean opinion score, estimated by the E-model (G.107) from loss, jitter and delay");
    case Column::Codec:
        return tr("%1, found by %2")
            .arg(toQString(audio::toString(stream.kind)), toQString(audio::toString(stream.foundBy)));
    default:
        return {};
    }
}

QVariant StreamsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const audio::StreamReport& stream = *m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(stream, column);
    case Qt::DecorationRole:
        return column == Column::Verdict ? QVariant(m_theme.stateIcon(stateOf(stream.calibrated.verdict))) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::FontRole:
        return column == Column::From || column == Column::To ? QVariant(m_theme.fixedFont()) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(stream, column);
    case SortRole:
    case RawRole:
        return raw(stream, column);
    default:
        return {};
    }
}

QVariant StreamsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            (isNumber(static_cast<Column>(section)) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Verdict"), tr("Confidence"), tr("Exact score"), tr("From"),
                              tr("To"),      tr("Codec"),      tr("Packets"),     tr("Lost"),
                              tr("Jitter"),  tr("Duration"),   tr("MOS, est.")};
    return titles[section];
}

void StreamsModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        return;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<StreamPtr> kept;
    for (const QModelIndex& each : before)
        kept.push_back(stream(each.row()));
    const auto by = static_cast<Column>(column);
    std::ranges::stable_sort(m_rows, [by, order](const StreamPtr& a, const StreamPtr& b) {
        const QPartialOrdering less = QVariant::compare(raw(*a, by), raw(*b, by));
        return order == Qt::AscendingOrder ? less == QPartialOrdering::Less : less == QPartialOrdering::Greater;
    });
    QModelIndexList after;
    for (std::size_t i = 0; i < kept.size(); ++i)
        after.append(index(rowOf(kept[i]->index), before[static_cast<qsizetype>(i)].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

} // namespace timbre::ui
