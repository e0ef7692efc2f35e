/* The demo university's windows (assets/demo/windows.json): closed, until somebody sits down at one. */
#ifndef REGISTRAR_DEMO_WINDOWS_H
#define REGISTRAR_DEMO_WINDOWS_H

#include "registrar/store/store.h"

/* With an act for each. */
bool demo_windows_put(Store *store, int64_t now_ms, Error *err) MUST_USE;

#endif
