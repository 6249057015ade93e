#pragma once

// Keys for masks: make one to sign with, take in public keys of others, say whose signatures count. Private keys stay
// in files of the analyst's choice; only their names are kept.

#include "engine/pipeline/recording_desk.h"
#include "ui/bridge/engine_bridge.h"

#include <QtWidgets/QDialog>

class QLabel;
class QTableView;

namespace timbre::ui {

class PlotTableModel;

class KeysDialog : public QDialog {
    Q_OBJECT

public:
    KeysDialog(EngineBridge& bridge, QWidget* parent);

private:
    void refresh();
    void makeKey();
    void addKey();
    [[nodiscard]] const store::StoredKey* selected() const;
    [[nodiscard]] std::function<void(Result<std::string>)> report(const QString& good);

    EngineBridge& m_bridge;
    std::shared_ptr<const std::vector<store::StoredKey>> m_keys;
    PlotTableModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_words = nullptr;
};

} // namespace timbre::ui
