#pragma once

// The steps that make a workspace what it is, as SQL. A step never changes once it has been published: workspaces
// remember how many of them they have been through.

namespace timbre::store::schema {

extern const char* const kCaptures;
extern const char* const kFlowRows;
extern const char* const kFlowView;
extern const char* const kRecordingsAndMasks;
extern const char* const kTrends;
extern const char* const kAudio;
extern const char* const kNotes;
extern const char* const kResonance;
extern const char* const kLosses;
extern const char* const kMissingNames;
extern const char* const kResonanceBlocks;

} // namespace timbre::store::schema
