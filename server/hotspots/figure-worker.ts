/** The thread that a measure of places is computed in: one question, one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { computeFigure, type FigureQuestion } from '../../shared/measures/compute.ts';

parentPort?.postMessage(computeFigure(workerData as FigureQuestion));
