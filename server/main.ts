import { buildApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

/** Starts the server, and drains it on SIGINT and SIGTERM. `page` settles when the page is built. */
export async function main({ page }: { page: Promise<void> }): Promise<void> {
  try {
    const config = readConfig(process.env);
    const app = await buildApp(config, { page, onProgress: (text) => console.log(`• ${text} …`) });
    const stop = async () => {
      console.log('• menutup …');
      await app.close();
      process.exit(0);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    const address = await app.http.listen({ port: config.port, host: config.host }).catch(async (error) => {
      await app.close();
      if (error.code === 'EADDRINUSE') {
        throw new ConfigError(`Port ${config.port} is taken: stop what uses it, or set PORT to another.`);
      }
      throw error;
    });
    console.log(`Ronda: ${address}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
