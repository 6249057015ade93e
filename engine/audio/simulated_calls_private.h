#pragma once

// One function per class of simulated traffic.

#include "engine/audio/simulated_call.h"

namespace timbre::audio {

[[nodiscard]] SimulatedCall g711Call(Dice& dice);
[[nodiscard]] SimulatedCall g711SilenceCall(Dice& dice);
[[nodiscard]] SimulatedCall g729Call(Dice& dice);
[[nodiscard]] SimulatedCall opusVariableCall(Dice& dice);
[[nodiscard]] SimulatedCall opusConstantCall(Dice& dice);
[[nodiscard]] SimulatedCall amrCall(Dice& dice);
[[nodiscard]] SimulatedCall codec2Call(Dice& dice);
[[nodiscard]] SimulatedCall wzpOpusCall(Dice& dice);

[[nodiscard]] SimulatedCall fullSizeTunnel(Dice& dice);
[[nodiscard]] SimulatedCall paddedTunnel(Dice& dice);
[[nodiscard]] SimulatedCall pacedTunnel(Dice& dice);
[[nodiscard]] SimulatedCall shapedTunnel(Dice& dice);
[[nodiscard]] SimulatedCall fileTransfer(Dice& dice);

} // namespace timbre::audio
