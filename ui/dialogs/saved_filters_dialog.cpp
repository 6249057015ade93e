#include "ui/dialogs/saved_filters_dialog.h"

#include "ui/filter/saved_filters.h"
#include "ui/theme/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QShortcut>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

namespace timbre::ui {

namespace {

constexpr QSize kFirstSize{640, 360};
constexpr int kNameWidth = 200;

} // namespace

SavedFiltersDialog::SavedFiltersDialog(Focus& focus, QWidget* parent)
    : QDialog(parent)
    , m_focus(focus)
    , m_table(new QTableWidget(0, 2, this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Saved filters"));
    resize(kFirstSize);
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Filter")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(0, kNameWidth);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::rowHeight(m_table->font()));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(windowTitle());
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* hint = new QLabel(tr("A double click or F2 edits a name or a filter."), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* apply = buttons->addButton(tr("&Apply"), QDialogButtonBox::ActionRole);
    auto* remove = buttons->addButton(tr("&Delete"), QDialogButtonBox::ActionRole);
    apply->setAutoDefault(false);
    remove->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_problem);
    layout->addWidget(hint);
    layout->addWidget(buttons);

    connect(m_table, &QTableWidget::itemChanged, this, &SavedFiltersDialog::edited);
    connect(apply, &QPushButton::clicked, this, &SavedFiltersDialog::applyCurrent);
    connect(remove, &QPushButton::clicked, this, &SavedFiltersDialog::deleteCurrent);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&SavedFilters::instance(), &SavedFilters::changed, this, &SavedFiltersDialog::fill);
    auto* key = new QShortcut(QKeySequence(Qt::Key_Delete), m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &SavedFiltersDialog::deleteCurrent);
    fill();
}

void SavedFiltersDialog::fill()
{
    m_filling = true;
    const int row = m_table->currentRow();
    const auto& filters = SavedFilters::instance().all();
    m_table->setRowCount(static_cast<int>(filters.size()));
    for (std::size_t i = 0; i < filters.size(); ++i) {
        auto* name = new QTableWidgetItem(filters[i].name);
        name->setData(Qt::UserRole, filters[i].name);
        m_table->setItem(static_cast<int>(i), 0, name);
        m_table->setItem(static_cast<int>(i), 1, new QTableWidgetItem(filters[i].text));
    }
    m_table->setCurrentCell(std::min(std::max(row, 0), m_table->rowCount() - 1), 0);
    m_filling = false;
}

QString SavedFiltersDialog::nameAt(int row) const
{
    const QTableWidgetItem* item = m_table->item(row, 0);
    return item == nullptr ? QString() : item->data(Qt::UserRole).toString();
}

void SavedFiltersDialog::edited(QTableWidgetItem* item)
{
    if (m_filling)
        return;
    const QString name = nameAt(item->row());
    SavedFilters& saved = SavedFilters::instance();
    const QString text = item->text();
    const QString problem = item->column() == 0 ? saved.rename(name, text) : saved.save(name, text);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        QMetaObject::invokeMethod(this, &SavedFiltersDialog::fill, Qt::QueuedConnection); // what was, stays
}

void SavedFiltersDialog::applyCurrent()
{
    if (const SavedFilter* filter = SavedFilters::instance().find(nameAt(m_table->currentRow())))
        m_focus.replaceFilter(filter->text);
}

void SavedFiltersDialog::deleteCurrent()
{
    SavedFilters::instance().remove(nameAt(m_table->currentRow()));
}

void askToSaveFilter(const QString& text, QWidget& parent)
{
    bool accepted = false;
    const QString name =
        QInputDialog::getText(&parent, SavedFiltersDialog::tr("Save filter"),
                              SavedFiltersDialog::tr("Name of “%1”:").arg(text), QLineEdit::Normal, {}, &accepted);
    if (!accepted)
        return;
    const QString problem = SavedFilters::instance().save(name, text);
    if (!problem.isEmpty())
        QMessageBox::warning(&parent, SavedFiltersDialog::tr("Save filter"), problem);
}

} // namespace timbre::ui
