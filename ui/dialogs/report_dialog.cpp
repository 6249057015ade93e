#include "ui/dialogs/report_dialog.h"

#include "ui/report/report_sections.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>

namespace timbre::ui {

namespace {

constexpr QSize kFirstSize{560, 460};
constexpr int kUsualRows = 20;

} // namespace

ReportDialog::ReportDialog(const QString& title, const QString& target, const std::vector<ReportView>& views, int notes,
                           QWidget* parent)
    : QDialog(parent)
    , m_title(new QLineEdit(title, this))
    , m_views(new QListWidget(this))
    , m_notes(new QCheckBox(tr("&Notes and bookmarks: %1").arg(notes), this))
    , m_rows(new QSpinBox(this))
    , m_target(new QLineEdit(target, this))
    , m_replace(new QCheckBox(tr("R&eplace the file that is there"), this))
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Report"));
    resize(kFirstSize);
    for (const ReportView& view : views) {
        auto* item = new QListWidgetItem(view.title, m_views);
        item->setData(Qt::UserRole, view.id);
        item->setCheckState(view.chosen ? Qt::Checked : Qt::Unchecked);
    }
    m_views->setAccessibleName(tr("Views"));
    m_notes->setChecked(true);
    m_rows->setRange(0, static_cast<int>(kMaxReportRows));
    m_rows->setValue(kUsualRows);
    m_problem->setWordWrap(true);
    m_problem->setForegroundRole(QPalette::PlaceholderText);
    auto* choose = new QPushButton(tr("&Choose…"), this);
    choose->setAutoDefault(false);
    auto* place = new QHBoxLayout;
    place->addWidget(m_target, 1);
    place->addWidget(choose);
    auto* rows = new QFormLayout(this);
    rows->addRow(tr("&Title"), m_title);
    rows->addRow(tr("&Views, as they look now"), m_views);
    rows->addRow(QString(), m_notes);
    rows->addRow(tr("&Largest flows of the filter"), m_rows);
    auto* fileLabel = new QLabel(tr("&File"), this);
    fileLabel->setBuddy(m_target); // a row of two finds none by itself
    rows->addRow(fileLabel, place);
    rows->addRow(QString(), m_replace);
    rows->addRow(m_problem);
    rows->addRow(m_buttons);
    m_buttons->addButton(tr("&Make the report"), QDialogButtonBox::AcceptRole)->setObjectName(QStringLiteral("make"));

    connect(choose, &QPushButton::clicked, this, &ReportDialog::chooseTarget);
    connect(m_target, &QLineEdit::textChanged, this, &ReportDialog::check);
    connect(m_title, &QLineEdit::textChanged, this, &ReportDialog::check);
    connect(m_replace, &QCheckBox::toggled, this, &ReportDialog::check);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString ReportDialog::title() const
{
    return m_title->text().simplified();
}

QString ReportDialog::target() const
{
    return m_target->text().trimmed();
}

bool ReportDialog::overwrite() const
{
    return m_replace->isChecked();
}

bool ReportDialog::withNotes() const
{
    return m_notes->isChecked();
}

std::size_t ReportDialog::flowRows() const
{
    return static_cast<std::size_t>(m_rows->value());
}

QStringList ReportDialog::views() const
{
    QStringList ids;
    for (int row = 0; row < m_views->count(); ++row) {
        if (m_views->item(row)->checkState() == Qt::Checked)
            ids << m_views->item(row)->data(Qt::UserRole).toString();
    }
    return ids;
}

void ReportDialog::chooseTarget()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Report"), target(), tr("Web page (*.html);;PDF (*.pdf)"), nullptr, QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_target->setText(path);
}

void ReportDialog::check()
{
    const QFileInfo file(target());
    const QString ending = file.suffix().toLower();
    const bool known =
        ending == QStringLiteral("html") || ending == QStringLiteral("htm") || ending == QStringLiteral("pdf");
    m_replace->setVisible(file.exists());
    QString problem;
    if (title().isEmpty())
        problem = tr("The report needs a title.");
    else if (!known)
        problem = tr("The name must end in .html or .pdf.");
    else if (!file.dir().exists())
        problem = tr("There is no such folder.");
    else if (file.exists() && !overwrite())
        problem = tr("A file of that name is there already.");
    m_problem->setText(problem.isEmpty() ? tr("The file holds everything the report shows and loads nothing.")
                                         : problem);
    for (QAbstractButton* button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(problem.isEmpty());
    }
}

} // namespace timbre::ui
