#pragma once

// The rows of the packet list. Rows are numbers from the engine's search, appended chunk by chunk while it reads; the
// words (source, destination, protocol, info) exist only for rows that were on screen lately and are asked for when
// they come into view. GUI thread only.

#include "engine/pipeline/packet_loader.h"
#include "engine/pipeline/packet_scan.h"

#include <QtCore/QAbstractTableModel>

#include <deque>
#include <functional>
#include <unordered_map>

namespace timbre::ui {

class PacketListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NumberColumn,
        TimeColumn,
        DirectionColumn,
        SourceColumn,
        DestinationColumn,
        ProtocolColumn,
        LengthColumn,
        InfoColumn,
        ColumnCount
    };
    enum DataRole { RawRole = Qt::UserRole, DirectionRole }; // raw: what copy uses, without units and separators
    enum class TimeForm : std::uint8_t { Absolute, Relative, Delta };
    using TimeFormatter = std::function<QString(Timestamp)>;

    explicit PacketListModel(QObject* parent = nullptr);

    /// Another set of packets: a reset. `flows` gives the ends of rows whose flow is known.
    void begin(std::shared_ptr<const flow::FlowSnapshot> flows, std::optional<Timestamp> captureStart);
    void append(const std::shared_ptr<const pipeline::PacketChunk>& chunk);
    /// Texts of rows, as loaded. Kept for the kMaxTexts latest.
    void setTexts(const std::vector<pipeline::LoadReport::Item>& items);

    [[nodiscard]] const pipeline::PacketRow& rowAt(int row) const;
    [[nodiscard]] pipeline::PacketPlace placeOf(int row) const;
    /// Places of the rows in first … last that have no texts yet; at most `limit`, from the top.
    [[nodiscard]] std::vector<pipeline::PacketPlace> rowsWithoutText(int first, int last, std::size_t limit) const;
    /// Row with this frame number, −1 for none.
    [[nodiscard]] int rowOfNumber(std::uint64_t number) const;

    void setTimeForm(TimeForm form);
    [[nodiscard]] TimeForm timeForm() const { return m_timeForm; }
    /// How absolute times are written; the zone changed when it is set again.
    void setTimeFormatter(TimeFormatter formatter);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr std::size_t kMaxTexts = 4096;

private:
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString timeText(int row) const;
    [[nodiscard]] QString endText(const pipeline::PacketRow& row, bool source) const;
    [[nodiscard]] QString lengthText(const pipeline::PacketRow& row) const;
    [[nodiscard]] const pipeline::PacketText* textOfNumber(std::uint64_t number) const;
    [[nodiscard]] std::size_t chunkOf(int row) const;

    std::shared_ptr<const flow::FlowSnapshot> m_flows;
    std::vector<std::shared_ptr<const pipeline::PacketChunk>> m_chunks;
    std::vector<int> m_chunkEnds;                                    // row behind each chunk
    std::unordered_map<std::uint64_t, pipeline::PacketText> m_texts; // by frame number
    std::deque<std::uint64_t> m_textOrder;                           // oldest first
    std::optional<Timestamp> m_captureStart;
    TimeForm m_timeForm = TimeForm::Absolute;
    TimeFormatter m_formatTime;
};

} // namespace timbre::ui
