#pragma once

// The voice streams of a capture as a table. Streams keep their row while the capture is read; they are ordered again
// only when the analyst asks for it. GUI thread only.

#include "engine/audio/stream_report.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

using StreamPtr = std::shared_ptr<const audio::StreamReport>;

class StreamsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int {
        Verdict,
        Confidence,
        Exact,
        From,
        To,
        Codec,
        Packets,
        Loss,
        Jitter,
        Duration,
        Quality,
        NumColumns
    };
    enum Role : int { SortRole = Qt::UserRole, RawRole };

    StreamsModel(const Theme& theme, QObject* parent);

    /// Streams of the same capture as before (`sameCapture`) are updated in place.
    void setStreams(std::shared_ptr<const audio::StreamList> list, bool sameCapture);
    /// Null for no row.
    [[nodiscard]] StreamPtr stream(int row) const;
    /// −1: there is none.
    [[nodiscard]] int rowOf(std::uint32_t index) const;
    /// The first stream of a flow; −1: it has none.
    [[nodiscard]] int rowOfFlow(std::uint32_t flow) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    [[nodiscard]] QString text(const audio::StreamReport& stream, Column column) const;
    [[nodiscard]] static QVariant raw(const audio::StreamReport& stream, Column column);
    [[nodiscard]] static QString toolTip(const audio::StreamReport& stream, Column column);

    const Theme& m_theme;
    std::vector<StreamPtr> m_rows;
};

[[nodiscard]] timbre::ui::Role stateOf(audio::Verdict verdict);
[[nodiscard]] QString verdictWord(audio::Verdict verdict);
[[nodiscard]] QString exactWord(audio::ScorerVerdict verdict);
[[nodiscard]] QString endText(const audio::StreamEnd& end);

} // namespace timbre::ui
