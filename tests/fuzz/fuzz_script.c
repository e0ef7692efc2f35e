/* A visit's script, checked, and played before a glass with nothing on it. */
#include "fuzz.h"

#include "kiosk/script.h"

#define STEPS_MOST 200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Tree *tree;
    Error err = { 0 };
    OWNED(Script) script = script_parse(fuzz_str(data, size), &err);

    if (!script)
        return 0;
    if (!tree)
        tree = tree_new(&err);
    FUZZ_HOLDS(tree);
    ScriptSight sight = { .tree = tree, .screen = "attract", .monotonic_ms = 1000, .out_folder = "/nowhere" };
    for (unsigned i = 0; i < STEPS_MOST; i++, sight.monotonic_ms += 3000000) {
        ScriptStep step = script_next(script, &sight);
        if (step.wish == SCRIPT_DONE || step.wish == SCRIPT_FAILED)
            break;
        FUZZ_HOLDS(step.wish == SCRIPT_NOTHING || step.wish == SCRIPT_LATER || step.text);
        if (step.wish != SCRIPT_NOTHING)
            script_carried_out(script);
    }
    return 0;
}
