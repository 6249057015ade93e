#include "ui/capture/bpf_edit.h"

#include "ui/models/format.h"

#include <QtCore/QSettings>
#include <QtCore/QStringListModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLabel>

namespace timbre::ui {

namespace {

constexpr int kMaxHistory = 20;
constexpr int kMaxOffered = 12;

QString historyKey()
{
    return QStringLiteral("captureFilters");
}

qsizetype lastWordAt(const QString& text)
{
    qsizetype at = text.size();
    while (at > 0 && (text[at - 1].isLetterOrNumber() || text[at - 1] == QLatin1Char('-')))
        --at;
    return at;
}

} // namespace

BpfEdit::BpfEdit(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_edit(new QLineEdit(this))
    , m_icon(new QLabel(this))
    , m_verdict(new QLabel(this))
{
    m_edit->setFont(theme.fixedFont());
    m_edit->setClearButtonEnabled(true);
    m_edit->setPlaceholderText(tr("all packets – or: tcp port 443 and host 192.0.2.1"));
    m_edit->setAccessibleName(tr("Capture filter"));
    setFocusProxy(m_edit);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    auto* line = new QHBoxLayout;
    line->setSpacing(Theme::kGrid);
    line->addWidget(m_icon, 0, Qt::AlignTop);
    line->addWidget(m_verdict, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_edit);
    layout->addLayout(line);
    m_job = std::make_unique<pipeline::NewestJob<std::string>>(
        "timbre-bpf", [this](std::uint64_t, const std::string& filter, const std::stop_token&) {
            Answer answer{filter, capture::checkCaptureFilter(filter)};
            const std::lock_guard lock(m_mutex);
            m_answer = std::move(answer);
            QMetaObject::invokeMethod(this, &BpfEdit::take, Qt::QueuedConnection);
        });
    connect(m_edit, &QLineEdit::textChanged, this, &BpfEdit::ask);
    connect(m_edit, &QLineEdit::textEdited, this, &BpfEdit::complete);
    ask();
}

BpfEdit::~BpfEdit() = default;

QString BpfEdit::verdict() const
{
    return m_verdict->text();
}

void BpfEdit::ask()
{
    if (filter().isEmpty()) {
        m_job->cancel();
        m_usable = true;
        m_verdict->setText(tr("Every packet is kept."));
        m_icon->setPixmap(m_theme.stateIcon(Role::Unknown).pixmap(12));
        emit checked();
        return;
    }
    m_job->start(filter().toStdString());
}

void BpfEdit::take()
{
    std::optional<Answer> answer;
    {
        const std::lock_guard lock(m_mutex);
        answer.swap(m_answer);
    }
    if (!answer || answer->filter != filter().toStdString())
        return;
    using Verdict = capture::FilterCheck::Verdict;
    const capture::FilterFault& fault = answer->check.fault;
    m_usable = answer->check.verdict != Verdict::Fault;
    const Role state = answer->check.verdict == Verdict::Fine    ? Role::Good
                       : answer->check.verdict == Verdict::Fault ? Role::Bad
                                                                 : Role::Watch;
    m_icon->setPixmap(m_theme.stateIcon(state).pixmap(12));
    const QString word =
        toQString(answer->filter.substr(std::min(fault.position, answer->filter.size()), fault.length));
    if (answer->check.verdict == Verdict::Fine)
        m_verdict->setText(tr("This filter can be used."));
    else if (answer->check.verdict == Verdict::NameLookup)
        m_verdict->setText(toQString(fault.reason) + QLatin1Char('.'));
    else if (word.isEmpty())
        m_verdict->setText(tr("Something is missing at the end: %1.").arg(toQString(fault.reason)));
    else
        m_verdict->setText(tr("Not understood at “%1”, character %2: %3.")
                               .arg(word)
                               .arg(fault.position + 1)
                               .arg(toQString(fault.reason)));
    emit checked();
}

void BpfEdit::complete()
{
    const QString text = m_edit->text();
    const qsizetype at = lastWordAt(text);
    const QString word = text.mid(at);
    QStringList offers;
    for (const QString& used : QSettings().value(historyKey()).toStringList()) {
        if (used.startsWith(text) && used != text)
            offers << used;
    }
    for (const std::string& known : capture::captureFilterWords()) {
        const QString candidate = toQString(known);
        if (!word.isEmpty() && candidate.startsWith(word) && candidate != word)
            offers << text.left(at) + candidate;
    }
    auto* completer = m_edit->completer();
    if (completer == nullptr) {
        completer = new QCompleter(new QStringListModel(this), this);
        completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
        completer->setMaxVisibleItems(kMaxOffered);
        m_edit->setCompleter(completer);
    }
    qobject_cast<QStringListModel*>(completer->model())->setStringList(offers.mid(0, kMaxOffered));
    if (!offers.isEmpty())
        completer->complete();
}

void BpfEdit::remember()
{
    if (filter().isEmpty())
        return;
    QStringList history = QSettings().value(historyKey()).toStringList();
    history.removeAll(filter());
    history.prepend(filter());
    QSettings().setValue(historyKey(), history.mid(0, kMaxHistory));
}

} // namespace timbre::ui
