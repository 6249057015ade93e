// Remembered hashes are those of the text that was asked for, however many texts share a place in memory.

#include "engine/protocol/digest.h"

#include <QCryptographicHash>
#include <QTest>

using namespace timbre::protocol;

class DigestTest : public QObject {
    Q_OBJECT

private slots:
    void asQtHashes()
    {
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 5000; ++i) { // more than are remembered
                const std::string text = i % 7 == 0 ? std::string(static_cast<std::size_t>(i), 'x') : std::to_string(i);
                const QByteArray bytes = QByteArray::fromStdString(text);
                QCOMPARE(sharedSha256Hex(text),
                         QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString());
                QCOMPARE(sharedMd5Hex(text),
                         QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex().toStdString());
            }
        }
    }
};

QTEST_GUILESS_MAIN(DigestTest)
#include "digest_test.moc"
