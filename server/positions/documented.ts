import { type TSchema, Type } from 'typebox';

const told = (schema: (options: { description: string }) => TSchema, description: string) =>
  Type.Optional(schema({ description }));

/** What the OsmAnd door reads (`osmand.ts`), as query or form; what else is sent is kept with the fix, bounded. */
const PARAMETERS = Type.Object({
  lat: told(Type.Number, 'Degrees; without a place it is a heartbeat'),
  lon: told(Type.Number, 'Degrees'),
  location: told(Type.String, '"lat,lon" in place of both'),
  timestamp: told(Type.String, 'Unix seconds or milliseconds, or ISO 8601; absent: the clock of the server'),
  valid: told(Type.String, '"false" or "0": the device is not sure of the place'),
  speed: told(Type.Number, 'In the speed unit of the unit, knots unless set'),
  bearing: told(Type.Number, 'Degrees clockwise from north; heading is the same'),
  altitude: told(Type.Number, 'Metres'),
  accuracy: told(Type.Number, 'Metres'),
  batt: told(Type.Number, 'Percent'),
  alarm: told(Type.String, 'Such as "sos"'),
});

/** What it reads of Traccar Client 9 and later (`traccar-client.ts`). */
const TRACCAR_CLIENT = Type.Object({
  device_id: Type.String({ description: 'Token of the device' }),
  location: Type.Optional(
    Type.Object({
      timestamp: told(Type.String, 'ISO 8601'),
      coords: Type.Optional(
        Type.Object({
          latitude: Type.Number({ description: 'Degrees' }),
          longitude: Type.Number({ description: 'Degrees' }),
          speed: told(Type.Number, 'Metres a second'),
          heading: told(Type.Number, 'Degrees clockwise from north'),
          altitude: told(Type.Number, 'Metres'),
          accuracy: told(Type.Number, 'Metres'),
        }),
      ),
      mock: told(Type.Boolean, 'The place is simulated'),
      battery: Type.Optional(Type.Object({ level: told(Type.Number, '0 to 1') })),
      alarm: told(Type.String, 'Such as "sos"'),
    }),
  ),
});

/** For the description of the door alone: it reads its input by itself, and refuses only what cannot be parsed. */
export const OSMAND_DOOR = {
  querystring: PARAMETERS,
  body: Type.Union([PARAMETERS, TRACCAR_CLIENT]),
  consumes: ['application/x-www-form-urlencoded', 'application/json'],
};
