// Remembered hashes are those of the text that was asked for, however many texts share a place in memory; hashes with a
// key are those of its definition.

#include "engine/protocol/digest.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
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

    void asQtKeyedHashes()
    {
        for (const int keyBytes : {0, 1, 20, 32, 63, 64, 65, 200}) {
            for (const int messageBytes : {0, 1, 55, 64, 300}) {
                const QByteArray key(keyBytes, 'k');
                const QByteArray message(messageBytes, 'm');
                const Sha256 mac = hmacSha256(std::as_bytes(std::span(key)), std::as_bytes(std::span(message)));
                QCOMPARE(QByteArray(reinterpret_cast<const char*>(mac.data()), mac.size()),
                         QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256));
            }
        }
    }
};

QTEST_GUILESS_MAIN(DigestTest)
#include "digest_test.moc"
