#include "ui/dialogs/signal_settings_dialog.h"

#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QtCore/QFile>
#include <QtCore/QSettings>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

namespace timbre::ui {

namespace {

constexpr int kFirstWidth = 560;
constexpr int kListHeight = 96;

QLabel* hint(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

} // namespace

SignalSettings SignalSettings::load()
{
    const QSettings settings;
    return {.locationFiles = settings.value(QStringLiteral("signals/locations")).toStringList(),
            .sensitiveData = settings.value(QStringLiteral("signals/sensitiveData"), true).toBool(),
            .ja4h = settings.value(QStringLiteral("signals/ja4h"), false).toBool()};
}

void SignalSettings::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("signals/locations"), locationFiles);
    settings.setValue(QStringLiteral("signals/sensitiveData"), sensitiveData);
    settings.setValue(QStringLiteral("signals/ja4h"), ja4h);
}

Result<pipeline::TrendsSettings::Values> SignalSettings::values() const
{
    pipeline::TrendsSettings::Values result;
    result.sensitiveData = sensitiveData;
    result.ja4h = ja4h;
    if (locationFiles.isEmpty())
        return result;
    std::vector<std::filesystem::path> paths;
    for (const QString& file : locationFiles)
        paths.emplace_back(QFile::encodeName(file).toStdString());
    auto database = trends::LocationDatabase::open(paths);
    if (!database)
        return database.error();
    result.locations = *std::move(database);
    return result;
}

SignalSettingsDialog::SignalSettingsDialog(QWidget* parent)
    : QDialog(parent)
    , m_files(new QListWidget(this))
    , m_sensitiveData(new QCheckBox(tr("Look for card numbers, keys and the like in &bodies"), this))
    , m_ja4h(new QCheckBox(tr("&JA4H fingerprints of requests"), this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Signals"));
    resize(kFirstWidth, sizeHint().height());
    const SignalSettings settings = SignalSettings::load();
    m_files->addItems(settings.locationFiles);
    m_files->setFixedHeight(kListHeight);
    m_files->setAccessibleName(tr("Location files"));
    m_sensitiveData->setChecked(settings.sensitiveData);
    m_ja4h->setChecked(settings.ja4h);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* add = new QPushButton(tr("&Add…"), this);
    m_remove = new QPushButton(tr("&Remove"), this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    auto* title = new QLabel(tr("&Location files (MMDB)"), this);
    title->setBuddy(m_files);
    auto* side = new QVBoxLayout;
    side->addWidget(add);
    side->addWidget(m_remove);
    side->addStretch(1);
    auto* list = new QHBoxLayout;
    list->addWidget(m_files, 1);
    list->addLayout(side);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addLayout(list);
    layout->addWidget(
        hint(tr("They give the country and network of public addresses, and places for impossible travel. "
                "Timbre brings none and asks nobody."),
             this));
    layout->addWidget(m_sensitiveData);
    layout->addWidget(m_ja4h);
    layout->addWidget(hint(tr("JA4H is under a licence that restricts commercial use; see the manual."), this));
    layout->addWidget(hint(tr("Holds for captures that are opened from now on."), this));
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(add, &QPushButton::clicked, this, &SignalSettingsDialog::askForFiles);
    connect(m_remove, &QPushButton::clicked, this, &SignalSettingsDialog::removeCurrent);
    connect(m_files, &QListWidget::currentRowChanged, this, &SignalSettingsDialog::updateButtons);
    connect(buttons, &QDialogButtonBox::accepted, this, &SignalSettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updateButtons();
}

SignalSettings SignalSettingsDialog::chosen() const
{
    SignalSettings settings{
        .locationFiles = {}, .sensitiveData = m_sensitiveData->isChecked(), .ja4h = m_ja4h->isChecked()};
    for (int i = 0; i < m_files->count(); ++i)
        settings.locationFiles.append(m_files->item(i)->text());
    return settings;
}

void SignalSettingsDialog::addFile(const QString& path)
{
    if (!path.isEmpty() && m_files->findItems(path, Qt::MatchExactly).isEmpty())
        m_files->addItem(path);
    m_problem->hide();
}

void SignalSettingsDialog::accept()
{
    auto values = chosen().values();
    if (!values) {
        m_problem->setText(tr("%1 (%2)").arg(toQString(values.error().message), toQString(values.error().detail)));
        m_problem->show();
        return;
    }
    m_values = *std::move(values);
    chosen().save();
    QDialog::accept();
}

void SignalSettingsDialog::askForFiles()
{
    for (const QString& path :
         QFileDialog::getOpenFileNames(this, tr("Location files"), {}, tr("MaxMind databases (*.mmdb);;All files (*)")))
        addFile(path);
}

void SignalSettingsDialog::removeCurrent()
{
    delete m_files->takeItem(m_files->currentRow());
    m_problem->hide();
    updateButtons();
}

void SignalSettingsDialog::updateButtons()
{
    m_remove->setEnabled(m_files->currentRow() >= 0);
}

} // namespace timbre::ui
