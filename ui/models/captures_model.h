#pragma once

// The captures of the workspace as a list, one row each, in the order they were opened. Rows are told from the bridge;
// only what changed is announced, so that selection and scroll stay.

#include "ui/bridge/engine_bridge.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractListModel>

namespace timbre::ui {

class CapturesModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role : int {
        IdRole = Qt::UserRole, // quint32
        DetailRole,            // "12.4 MB · 1 204 packets · 48 flows"
        StateRole,             // a state of timbre::ui::Role, as int
        StateTextRole,         // "reading, 41 %"
        ShareRole,             // 0 … 1 while reading, else -1
    };

    CapturesModel(EngineBridge& bridge, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] CaptureId captureAt(int row) const;
    /// -1 for an unknown one.
    [[nodiscard]] int rowOf(CaptureId id) const;

private:
    void refreshList();
    void refreshCapture(CaptureId id);

    EngineBridge& m_bridge;
    std::vector<CaptureId> m_ids;
};

/// The state a capture is in, as a colour and in words.
[[nodiscard]] Role captureState(const pipeline::CaptureSnapshot& snapshot);
[[nodiscard]] QString captureStateText(const pipeline::CaptureSnapshot& snapshot);
/// "office.pcapng"
[[nodiscard]] QString captureName(const pipeline::CaptureSnapshot& snapshot);

} // namespace timbre::ui
