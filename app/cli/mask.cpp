#include "app/cli/console.h"
#include "app/cli/mask_commands.h"
#include "app/cli/mask_text.h"
#include "app/cli/stored_captures.h"
#include "engine/base/new_file.h"
#include "engine/mask/canonical.h"
#include "engine/recording/recording_file.h"
#include "engine/store/workspace.h"

#include <fmt/format.h>

#include <ctime>

namespace timbre::cli {

namespace {

/// For expiry and dates on masks; nothing that is measured depends on it.
std::uint64_t nowSeconds()
{
    return static_cast<std::uint64_t>(std::time(nullptr));
}

bool writeFile(const std::string& target, std::string_view text, bool overwrite)
{
    auto file = NewFile::create(target, overwrite);
    Result<void> done = file ? file->write(asBytes(text)) : Result<void>(file.error());
    if (done)
        done = file->finish();
    if (!done)
        complain(done.error());
    return done.ok();
}

std::optional<recording::Recording> readRecording(const std::string& path, bool swap)
{
    auto recording = recording::readRecordingFile(path);
    if (!recording) {
        complain(recording.error());
        return std::nullopt;
    }
    if (swap)
        recording::swapDirections(*recording);
    return std::move(*recording);
}

/// A mask's text, and the mask unless it is refused. Nothing when the file cannot be read.
struct MaskFile {
    std::string path;
    std::string text;
    mask::MaskLoading loading;
};

std::optional<MaskFile> readMask(const std::string& path)
{
    auto text = mask::readMaskFile(path);
    if (!text) {
        complain(text.error());
        return std::nullopt;
    }
    MaskFile file{path, std::move(*text), {}};
    file.loading = mask::loadMask(file.text, nowSeconds());
    if (!file.loading.loaded)
        complain(mask::refusalError(file.loading.refusal));
    return file;
}

std::optional<std::vector<mask::PublicKey>> readKeys(const std::vector<std::string>& files)
{
    std::vector<mask::PublicKey> keys;
    for (const std::string& file : files) {
        const auto key = mask::readPublicKey(file);
        if (!key) {
            complain(key.error());
            return std::nullopt;
        }
        keys.push_back(*key);
    }
    return keys;
}

/// One JSON object per mask on standard output; `put` adds what the command is about and says how it went.
template<typename Put>
ExitCode forEachMask(const std::vector<std::string>& files, const char* type, Put put)
{
    Output output = Output::standard();
    ExitCode code = ExitCode::Done;
    for (const std::string& path : files) {
        const auto file = readMask(path);
        if (!file) {
            code = worse(code, ExitCode::Failed);
            continue;
        }
        JsonWriter json(output.text());
        json.beginObject().member("type", type).member("file", path);
        if (file->loading.loaded) {
            code = worse(code, put(json, *file));
        } else {
            putRefusal(json, file->loading.refusal);
            code = worse(code, ExitCode::NotAccepted);
        }
        json.endObject();
        output.put("\n");
    }
    return finished(output, code);
}

class NoObserver final : public store::WorkspaceObserver {
public:
    void writerStatusChanged(const store::WriterStatus&) override {}
    void capturesChanged() override {}
};

void putMade(JsonWriter& json, const mask::GeneratedMask& made, const std::vector<std::string>& failures)
{
    putMask(json, made.mask);
    json.key("self_test");
    putSelfTest(json, made.test);
    json.key("sent_packets");
    putFidelity(json, made.fidelity);
    json.key("notes").beginArray();
    for (const std::string& note : made.notes)
        json.value(note);
    json.endArray();
    json.key("failures").beginArray();
    for (const std::string& failure : failures)
        json.value(failure);
    json.endArray();
}

ExitCode signWith(const std::string& keyFile, mask::MaskProfile& made)
{
    const auto key = mask::SigningKey::read(keyFile);
    if (!key) {
        complain(key.error());
        return ExitCode::Failed;
    }
    const auto done = mask::signMask(made, *key);
    if (!done)
        complain(done.error());
    return done ? ExitCode::Done : ExitCode::NotAccepted;
}

} // namespace

ExitCode runMaskMake(const MaskMakeOptions& options)
{
    const auto recording = readRecording(options.recording, options.swap);
    if (!recording)
        return ExitCode::Failed;
    mask::GeneratorOptions wanted;
    wanted.service = recording->facts.service;
    wanted.id = options.id;
    wanted.createdAt = options.createdAt.value_or(nowSeconds());
    wanted.gate = options.perDirection ? mask::HeaderGate::PerDirection : mask::HeaderGate::AllPrefixes;
    const bool enough = recording->hasEnough(); // by the session's clock, which also ran before and after the packets
    wanted.evenIfShort = options.evenIfShort || enough;
    wanted.recordingId = recording::toHex(recording->facts.id);
    wanted.madeBy = "timbre " TIMBRE_VERSION;
    wanted.captures = recording->captures;
    auto made = mask::generateMask(recording->packets, wanted);
    if (!made) {
        complain(made.error());
        if (!wanted.evenIfShort)
            complain("--even-if-short makes one of a short recording.");
        return ExitCode::NotAccepted;
    }
    const auto failures = mask::failuresOf(made->test, made->mask, recording->packets);
    for (const std::string& failure : failures)
        complain(failure);
    const bool passed = made->test.passed;
    if (passed && !options.signWith.empty()) {
        if (const ExitCode code = signWith(options.signWith, made->mask); code != ExitCode::Done)
            return code;
    }
    const bool written = passed || options.evenIfFailed;
    if (written && !writeFile(options.target, mask::fileText(made->mask), options.overwrite))
        return ExitCode::Failed;
    Output output = Output::standard();
    JsonWriter json(output.text());
    json.beginObject().member("type", "mask");
    json.key("file");
    if (written)
        json.value(options.target);
    else
        json.null();
    putMade(json, *made, failures);
    json.endObject();
    output.put("\n");
    return finished(output, passed ? ExitCode::Done : ExitCode::NotAccepted);
}

ExitCode runMaskTest(const MaskTestOptions& options)
{
    const auto recording = readRecording(options.recording, false);
    if (!recording)
        return ExitCode::Failed;
    return forEachMask({options.mask}, "self_test", [&](JsonWriter& json, const MaskFile& file) {
        const mask::MaskProfile& tested = file.loading.loaded->mask;
        const mask::SelfTest test = mask::selfTest(tested, recording->packets);
        json.member("id", tested.id).member("recording", recording::toHex(recording->facts.id));
        json.key("self_test");
        putSelfTest(json, test);
        json.key("sent_packets");
        putFidelity(json, mask::engineFidelity(tested, recording->packets));
        json.key("failures").beginArray();
        for (const std::string& failure : mask::failuresOf(test, tested, recording->packets))
            json.value(failure);
        json.endArray();
        return test.passed ? ExitCode::Done : ExitCode::NotAccepted;
    });
}

ExitCode runMaskShow(const MaskFilesOptions& options)
{
    return forEachMask(options.masks, "mask", [](JsonWriter& json, const MaskFile& file) {
        putMask(json, file.loading.loaded->mask);
        putRemarks(json, file.loading.loaded->remarks);
        return ExitCode::Done;
    });
}

ExitCode runMaskVerify(const MaskFilesOptions& options)
{
    const auto keys = readKeys(options.keys);
    if (!keys)
        return ExitCode::Failed;
    return forEachMask(options.masks, "verification", [&](JsonWriter& json, const MaskFile& file) {
        const mask::Verification verification = mask::verify(file.text, *keys);
        json.member("id", file.loading.loaded->mask.id);
        putVerification(json, verification, *keys);
        putRemarks(json, file.loading.loaded->remarks);
        return verification.state == mask::SignatureState::Valid ? ExitCode::Done : ExitCode::NotAccepted;
    });
}

ExitCode runMaskSign(const MaskFilesOptions& options)
{
    const auto file = readMask(options.masks.front());
    if (!file)
        return ExitCode::Failed;
    if (!file->loading.loaded)
        return ExitCode::NotAccepted;
    mask::MaskProfile made = file->loading.loaded->mask;
    if (const ExitCode code = signWith(options.signWith, made); code != ExitCode::Done)
        return code;
    for (const std::string& member : file->loading.loaded->unknownMembers)
        complain(fmt::format("“{}” is unknown here and is not in the signed file.", printable(member)));
    if (!writeFile(options.target, mask::fileText(made), options.overwrite))
        return ExitCode::Failed;
    Output output = Output::standard();
    JsonWriter json(output.text());
    json.beginObject().member("type", "mask").member("file", options.target);
    putMask(json, made);
    json.endObject();
    output.put("\n");
    return finished(output, ExitCode::Done);
}

ExitCode runMaskImport(const MaskFilesOptions& options)
{
    NoObserver observer;
    auto workspace = store::Workspace::open(options.workspace, observer);
    if (!workspace) {
        complain(workspace.error());
        return ExitCode::Failed;
    }
    auto reader = store::WorkspaceReader::open(options.workspace);
    const auto known = reader ? (*reader)->listMasks() : Result<std::vector<store::StoredMask>>(reader.error());
    if (!known) {
        complain(known.error());
        return ExitCode::Failed;
    }
    const ExitCode code = forEachMask(options.masks, "import", [&](JsonWriter& json, const MaskFile& file) {
        const std::string& id = file.loading.loaded->mask.id;
        const bool there =
            std::any_of(known->begin(), known->end(), [&](const store::StoredMask& each) { return each.id == id; });
        const bool taken = !there || options.overwrite;
        json.member("id", id).member("imported", taken).member("replaced", there && taken);
        putRemarks(json, file.loading.loaded->remarks);
        if (!taken) {
            complain(fmt::format("A mask “{}” is in the workspace already; --force replaces it.", id));
            return ExitCode::NotAccepted;
        }
        store::StoredMask mask;
        mask.id = id;
        mask.origin = store::MaskOrigin::Imported;
        mask.text = file.text;
        mask.addedAt = {static_cast<std::int64_t>(nowSeconds()) * kNsPerSecond};
        (*workspace)->saveMask(std::move(mask));
        return ExitCode::Done;
    });
    (*workspace)->flush();
    if (const auto problem = (*workspace)->status().problem) {
        complain(*problem);
        return ExitCode::Failed;
    }
    return code;
}

ExitCode runMaskKey(const MaskFilesOptions& options)
{
    const auto key = mask::SigningKey::make();
    const Result<void> done = key ? key->write(options.target) : Result<void>(key.error());
    if (!done) {
        complain(done.error());
        return ExitCode::Failed;
    }
    if (!writeFile(options.target + ".pub", mask::publicKeyPem(key->publicKey()), false))
        return ExitCode::Failed;
    Output output = Output::standard();
    JsonWriter json(output.text());
    json.beginObject()
        .member("type", "key")
        .member("file", options.target)
        .member("public_file", options.target + ".pub");
    json.member("id", mask::keyId(key->publicKey())).member("public_key", mask::toHex(key->publicKey())).endObject();
    output.put("\n");
    return finished(output, ExitCode::Done);
}

} // namespace timbre::cli
