/* The kiosk's whole state.  Written by app_update alone, read by screens. */
#ifndef KIOSK_APP_MODEL_H
#define KIOSK_APP_MODEL_H

typedef struct Model Model;

#endif
