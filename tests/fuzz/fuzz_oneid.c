/* Whatever OneID answers: a token that may stand in a form, a PINFL of 14 digits, or neither with a reason. */
#include "fuzz.h"

#include <string.h>

#include "registrar/connect/oneid/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = { 200, 302, 400, 401, 500 };
    char token[ONEID_TOKEN_SIZE], pinfl[ONEID_PINFL_SIZE];
    const Str body = fuzz_str(data, size);

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        Error err = { 0 };

        OneIdOutcome outcome = oneid_read_token(statuses[i], body, token, &err);
        FUZZ_HOLDS((outcome == ONEID_OK) == (token[0] != '\0') && (outcome == ONEID_OK) == (err.code == ERR_NONE));
        FUZZ_HOLDS(outcome != ONEID_OK || (statuses[i] == 200 && !strpbrk(token, " \r\n")));
        err = (Error){ 0 };
        outcome = oneid_read_person(statuses[i], body, pinfl, &err);
        FUZZ_HOLDS((outcome == ONEID_OK) == (err.code == ERR_NONE));
        FUZZ_HOLDS(outcome == ONEID_OK ? strspn(pinfl, "0123456789") == 14 && !pinfl[14] : !pinfl[0]);
    }
    return 0;
}
