/* The door of the console: /office/sign-in, /office/first, /office/sign-out.  Inside console/. */
#ifndef REGISTRAR_CONSOLE_SIGN_IN_PAGE_H
#define REGISTRAR_CONSOLE_SIGN_IN_PAGE_H

#include "registrar/console/desk.h"

/* 401 with the page to sign in at, which leads back to what was asked for. */
bool sign_in_wanted(Desk *desk, const HttpServerRequest *request, HttpServerAnswer *answer, Error *err) MUST_USE;
/* Puts an authenticator's secret into the view: "qr-side", "qr-path" of an SVG, "secret" in groups, "otpauth". */
bool sign_in_put_secret(Desk *desk, const char *name, const uint8_t secret[TOTP_SECRET_SIZE], Error *err) MUST_USE;
/* "Firefox, Windows", of a browser's name for itself; "" when it is none that we know. */
void sign_in_device(const char *user_agent, char ret[STAFF_DEVICE_SIZE]);
/* Why a password was not taken: "short", of the texts say.sign-in.fault.  NULL: it was. */
const char *password_change_word(PasswordChange change, PasswordFault fault);

#endif
