#include "ui/dialogs/suppressions_dialog.h"

#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"
#include "ui/models/trend_texts.h"
#include "ui/theme/theme.h"

#include <QtCore/QDateTime>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr QSize kFirstSize{760, 340};

} // namespace

SuppressionsDialog::SuppressionsDialog(EngineBridge& bridge, const ShownAnomalies& shown, const Focus& focus,
                                       QWidget* parent)
    : QDialog(parent)
    , m_bridge(bridge)
    , m_shown(shown)
    , m_focus(focus)
    , m_table(new QTableWidget(0, static_cast<int>(Column::NumColumns), this))
{
    setWindowTitle(tr("Suppressed anomalies"));
    resize(kFirstSize);
    m_table->setHorizontalHeaderLabels({tr("Hidden"), tr("Reason"), tr("Ends"), tr("Rows here")});
    m_table->horizontalHeaderItem(static_cast<int>(Column::Hides))
        ->setToolTip(tr("Rows of the open capture that the rule hides in the chosen time range"));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(static_cast<int>(Column::What), QHeaderView::Stretch);
    m_table->setColumnWidth(static_cast<int>(Column::Reason), 200);
    m_table->setColumnWidth(static_cast<int>(Column::Ends), 150);
    m_table->setColumnWidth(static_cast<int>(Column::Hides), 80);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::rowHeight(m_table->font()));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(windowTitle());
    auto* hint = new QLabel(
        tr("Rules are kept in the workspace and hold for all captures. Nothing that is hidden is lost."), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_takeBack = buttons->addButton(tr("&Take back"), QDialogButtonBox::ActionRole);
    m_takeBack->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    connect(m_takeBack, &QPushButton::clicked, this, &SuppressionsDialog::takeBackCurrent);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &SuppressionsDialog::updateButtons);
    connect(&bridge, &EngineBridge::workspaceChanged, this, &SuppressionsDialog::fill);
    auto* key = new QShortcut(QKeySequence(Qt::Key_Delete), m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &SuppressionsDialog::takeBackCurrent);
    fill();
    if (m_table->rowCount() > 0)
        m_table->selectRow(0);
}

QString SuppressionsDialog::endsText(const trends::Suppression& rule) const
{
    constexpr std::int64_t kNsPerMs = 1'000'000;
    if (!rule.expiresMs)
        return tr("never");
    const QString when = m_focus.formatTime({*rule.expiresMs * kNsPerMs}, 0);
    return trends::expired(rule, QDateTime::currentMSecsSinceEpoch()) ? tr("ended %1").arg(when) : when;
}

void SuppressionsDialog::fill()
{
    const int row = m_table->currentRow();
    const auto rules = m_bridge.suppressions();
    const auto& active = m_shown.suppressions();
    const auto counts = m_shown.hiddenCounts();
    m_table->setRowCount(static_cast<int>(rules.size()));
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const trends::Suppression& rule = rules[i];
        const auto put = [&](Column column, const QString& text) {
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(text);
            m_table->setItem(static_cast<int>(i), static_cast<int>(column), item);
            return item;
        };
        put(Column::What, scopeSentence(rule))->setData(Qt::UserRole, qlonglong{rule.id});
        put(Column::Reason, toQString(rule.reason));
        put(Column::Ends, endsText(rule));
        const auto place =
            std::find_if(active.begin(), active.end(), [&](const auto& one) { return one.id == rule.id; });
        const int hides = place == active.end() ? 0 : counts[static_cast<std::size_t>(place - active.begin())];
        put(Column::Hides, formatCount(static_cast<std::uint64_t>(hides)))
            ->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (m_table->rowCount() > 0)
        m_table->selectRow(std::clamp(row, 0, m_table->rowCount() - 1));
    updateButtons();
}

void SuppressionsDialog::updateButtons()
{
    m_takeBack->setEnabled(m_table->currentRow() >= 0);
}

void SuppressionsDialog::takeBackCurrent()
{
    if (const QTableWidgetItem* item = m_table->item(m_table->currentRow(), static_cast<int>(Column::What)))
        m_bridge.unsuppress(item->data(Qt::UserRole).toLongLong());
}

} // namespace timbre::ui
