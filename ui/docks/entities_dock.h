#pragma once

// Addresses with their risk; for the chosen one what it showed (fingerprints, hashes of tokens, patterns) and with whom
// it shares something.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTextBrowser;
class QTimer;

namespace timbre::ui {

class CorrelationGraph;
class EntitiesModel;

class EntitiesDock : public Dock {
    Q_OBJECT

public:
    EntitiesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    QWidget* focusTarget() override;
    [[nodiscard]] QTableView& table() { return *m_table; }

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    void refresh();
    void showEntity();
    void showCorrelations(StringId entity);
    void choose(const QString& entity);
    void filterFor(const QString& entity);
    [[nodiscard]] int currentRow() const;

    EngineBridge& m_bridge;
    EntitiesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    QTextBrowser* m_facts = nullptr;
    CorrelationGraph* m_graph = nullptr;
    std::shared_ptr<const trends::TrendsResult> m_shown;
};

} // namespace timbre::ui
