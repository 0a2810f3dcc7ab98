// A second stack that a function runs on, left and entered again at will. A switch is six
// registers: a kernel of the emulator makes millions.
#pragma once

#include <cstddef>

namespace neiro::emulator {

struct Fibre {
  void* place = nullptr;  // where it goes on
  char* stack = nullptr;
};

// A fibre that will begin with entry(), which never returns. Its stack has a closed page below.
Fibre make_fibre(void (*entry)());
void free_fibre(Fibre& fibre);
// Leaves `from` (its place is kept) and goes on in `to`.
void switch_fibre(Fibre& from, Fibre& to);

}  // namespace neiro::emulator
