// The desk's work on masks and keys.

#include "engine/base/new_file.h"
#include "engine/mask/canonical.h"
#include "engine/pipeline/recording_desk.h"

#include <algorithm>
#include <chrono>

namespace timbre::pipeline {

namespace {

/// For dates on masks and their expiry; nothing that is measured depends on it.
std::uint64_t nowSeconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

Timestamp nowStamp()
{
    return {static_cast<std::int64_t>(nowSeconds()) * kNsPerSecond};
}

Result<void> writeNew(const std::filesystem::path& target, std::string_view text, bool overwrite)
{
    auto file = NewFile::create(target, overwrite);
    if (!file)
        return file.error();
    if (auto done = file->write(asBytes(text)); !done)
        return done;
    return file->finish();
}

std::string nameOf(const store::StoredKey& key)
{
    return key.label.empty() ? key.id : key.label;
}

} // namespace

/// No known key made the signature. If the mask names a key, it is either a known one, and then the signature is bad,
/// or one that is not known.
void RecordingDesk::lookForNamedKey(DeskMask& shown) const
{
    shown.signer = shown.loaded->mask.extension->signedBy;
    const auto named = std::ranges::find(m_keys, shown.signer, &store::StoredKey::id);
    if (named != m_keys.end())
        shown.signer = nameOf(*named);
    else if (!shown.signer.empty() && shown.verification.state == mask::SignatureState::Invalid)
        shown.verification.state = mask::SignatureState::NoKey;
}

DeskMask RecordingDesk::describe(store::StoredMask stored) const
{
    DeskMask shown;
    mask::MaskLoading loading = mask::loadMask(stored.text, nowSeconds());
    shown.refusal = std::move(loading.refusal);
    if (loading.loaded) {
        shown.expired = mask::isExpired(loading.loaded->mask, nowSeconds());
        shown.loaded = std::make_shared<const mask::LoadedMask>(std::move(*loading.loaded));
        std::vector<mask::PublicKey> keys;
        for (const store::StoredKey& key : m_keys)
            keys.push_back(key.publicKey);
        shown.verification = mask::verify(stored.text, keys);
        if (shown.verification.state == mask::SignatureState::Valid) {
            const store::StoredKey& key = m_keys[shown.verification.key];
            shown.signer = nameOf(key);
            shown.trusted = key.trusted;
        } else if (shown.loaded->mask.extension) {
            lookForNamedKey(shown);
        }
    }
    shown.stored = std::move(stored);
    return shown;
}

Result<store::StoredMask> RecordingDesk::storedMask(const std::string& id) const
{
    for (const auto* list : {&m_masks, &m_bundled}) {
        for (const store::StoredMask& each : *list) {
            if (each.id == id)
                return each;
        }
    }
    return Error{ErrorCode::NotFound, "The mask is no longer there.", id};
}

std::string RecordingDesk::freeMaskId(const std::string& wanted) const
{
    std::string id = wanted;
    constexpr int kMost = 10'000;
    for (int version = 2; storedMask(id).ok() && version < kMost; ++version)
        id = (wanted.ends_with("_v1") ? wanted.substr(0, wanted.size() - 3) : wanted) + "_v" + std::to_string(version);
    return id;
}

void RecordingDesk::keepMask(store::StoredMask stored)
{
    if (m_workspace) {
        m_workspace->saveMask(std::move(stored));
    } else {
        std::erase_if(m_masks, [&](const store::StoredMask& each) { return each.id == stored.id; });
        m_masks.push_back(std::move(stored));
    }
    reload();
}

void RecordingDesk::makeMask(const recording::SessionId& id, mask::GeneratorOptions options, std::string privateKey,
                             Answer<mask::GeneratedMask> answer)
{
    post([this, id, options = std::move(options), privateKey = std::move(privateKey),
          answer = std::move(answer)]() mutable {
        const auto recording = whole(id);
        if (!recording)
            return answer(recording.error());
        options.service = recording->facts.service;
        // The session's clock also ran before and after the packets.
        options.evenIfShort = options.evenIfShort || recording->hasEnough();
        options.createdAt = nowSeconds();
        options.recordingId = recording::toHex(id);
        options.madeBy = "timbre " TIMBRE_VERSION;
        options.captures = recording->captures;
        options.id = freeMaskId(options.id.empty() ? mask::maskIdFor(options.service) : options.id);
        auto made = mask::generateMask(recording->packets, options);
        if (!made)
            return answer(made.error());
        if (made->test.passed) {
            if (!privateKey.empty()) {
                const auto key = mask::SigningKey::read(privateKey);
                const Result<void> done = key ? mask::signMask(made->mask, *key) : Result<void>(key.error());
                if (!done)
                    return answer(done.error());
            }
            keepMask(
                {made->mask.id, store::MaskOrigin::Own, mask::fileText(made->mask), options.recordingId, nowStamp()});
        }
        answer(std::move(made));
    });
}

void RecordingDesk::testMask(std::string maskId, const recording::SessionId& id, Answer<MaskTest> answer)
{
    post([this, maskId = std::move(maskId), id, answer = std::move(answer)] {
        const auto recording = whole(id);
        const auto stored = storedMask(maskId);
        if (!recording || !stored)
            return answer(recording ? stored.error() : recording.error());
        const mask::MaskLoading loading = mask::loadMask(stored->text, nowSeconds());
        if (!loading.loaded)
            return answer(mask::refusalError(loading.refusal));
        MaskTest result;
        result.test = mask::selfTest(loading.loaded->mask, recording->packets);
        result.fidelity = mask::engineFidelity(loading.loaded->mask, recording->packets);
        result.failures = mask::failuresOf(result.test, loading.loaded->mask, recording->packets);
        answer(std::move(result));
    });
}

ImportedMask RecordingDesk::importOne(const std::filesystem::path& file, bool replace)
{
    ImportedMask result;
    result.file = file.filename().string();
    auto text = mask::readMaskFile(file);
    if (!text) {
        result.sentence = text.error().message;
        return result;
    }
    const mask::MaskLoading loading = mask::loadMask(*text, nowSeconds());
    if (!loading.loaded) {
        result.sentence = mask::refusalError(loading.refusal).message;
        return result;
    }
    result.id = loading.loaded->mask.id;
    for (const mask::Remark& remark : loading.loaded->remarks)
        result.sentence += (result.sentence.empty() ? "" : "; ") + remark.rule + " " + remark.field + " " + remark.text;
    result.alreadyThere = storedMask(result.id).ok();
    if (result.alreadyThere && !replace)
        return result;
    result.taken = true;
    keepMask({result.id, store::MaskOrigin::Imported, std::move(*text), {}, nowStamp()});
    return result;
}

void RecordingDesk::importMasks(std::vector<std::filesystem::path> files, bool replace,
                                Answer<std::vector<ImportedMask>> answer)
{
    post([this, files = std::move(files), replace, answer = std::move(answer)] {
        std::vector<ImportedMask> results;
        for (const auto& file : files)
            results.push_back(importOne(file, replace));
        answer(std::move(results));
    });
}

void RecordingDesk::exportMasks(std::vector<std::string> ids, std::filesystem::path target, bool overwrite,
                                Answer<std::size_t> answer)
{
    post([this, ids = std::move(ids), target = std::move(target), overwrite, answer = std::move(answer)] {
        std::size_t written = 0;
        for (const std::string& id : ids) {
            const auto stored = storedMask(id);
            if (!stored)
                return answer(stored.error());
            const auto file = ids.size() == 1 ? target : target / (id + ".json");
            if (auto done = writeNew(file, stored->text, overwrite); !done)
                return answer(done.error());
            ++written;
        }
        answer(written);
    });
}

void RecordingDesk::signMask(std::string id, std::string privateKey, Answer<std::string> answer)
{
    post([this, id = std::move(id), privateKey = std::move(privateKey), answer = std::move(answer)] {
        auto stored = storedMask(id);
        const auto key = mask::SigningKey::read(privateKey);
        if (!stored || !key)
            return answer(stored ? key.error() : stored.error());
        mask::MaskLoading loading = mask::loadMask(stored->text, nowSeconds());
        if (!loading.loaded)
            return answer(mask::refusalError(loading.refusal));
        if (auto done = mask::signMask(loading.loaded->mask, *key); !done)
            return answer(done.error());
        stored->text = mask::fileText(loading.loaded->mask);
        if (stored->origin == store::MaskOrigin::Bundled)
            stored->origin = store::MaskOrigin::Own;
        keepMask(std::move(*stored));
        answer(mask::keyId(key->publicKey()));
    });
}

void RecordingDesk::removeMask(std::string id)
{
    post([this, id = std::move(id)] {
        if (m_workspace)
            m_workspace->removeMask(id);
        else
            std::erase_if(m_masks, [&](const store::StoredMask& each) { return each.id == id; });
        reload();
    });
}

void RecordingDesk::addBundled(std::vector<std::string> texts)
{
    post([this, texts = std::move(texts)]() mutable {
        for (std::string& text : texts) {
            const mask::MaskLoading loading = mask::loadMask(text, nowSeconds());
            if (loading.loaded)
                m_bundled.push_back({loading.loaded->mask.id, store::MaskOrigin::Bundled, std::move(text), {}, {}});
        }
        reload();
    });
}

void RecordingDesk::keepKey(store::StoredKey key)
{
    if (m_workspace) {
        m_workspace->saveKey(std::move(key));
    } else {
        std::erase_if(m_keys, [&](const store::StoredKey& each) { return each.id == key.id; });
        m_keys.push_back(std::move(key));
    }
    reload();
}

void RecordingDesk::makeKey(std::filesystem::path file, std::string label, Answer<std::string> answer)
{
    post([this, file = std::move(file), label = std::move(label), answer = std::move(answer)] {
        const auto key = mask::SigningKey::make();
        const Result<void> done = key ? key->write(file) : Result<void>(key.error());
        if (!done)
            return answer(done.error());
        auto publicFile = file;
        publicFile += ".pub";
        if (auto written = writeNew(publicFile, mask::publicKeyPem(key->publicKey()), false); !written)
            return answer(written.error());
        std::string id = mask::keyId(key->publicKey());
        keepKey({id, label, key->publicKey(), file.string(), true});
        answer(std::move(id));
    });
}

void RecordingDesk::addKey(std::filesystem::path file, std::string label, bool trusted, Answer<std::string> answer)
{
    post([this, file = std::move(file), label = std::move(label), trusted, answer = std::move(answer)] {
        const auto publicKey = mask::readPublicKey(file);
        if (!publicKey)
            return answer(publicKey.error());
        const bool isPrivate = mask::SigningKey::read(file).ok();
        std::string id = mask::keyId(*publicKey);
        keepKey({id, label, *publicKey, isPrivate ? file.string() : std::string(), trusted});
        answer(std::move(id));
    });
}

void RecordingDesk::setTrusted(std::string id, bool trusted)
{
    post([this, id = std::move(id), trusted] {
        for (store::StoredKey key : m_keys) {
            if (key.id != id)
                continue;
            key.trusted = trusted;
            return keepKey(std::move(key));
        }
    });
}

void RecordingDesk::removeKey(std::string id)
{
    post([this, id = std::move(id)] {
        if (m_workspace)
            m_workspace->removeKey(id);
        else
            std::erase_if(m_keys, [&](const store::StoredKey& each) { return each.id == id; });
        reload();
    });
}

} // namespace timbre::pipeline
