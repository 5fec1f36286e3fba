/** The page of an exercise: of a cell that takes part, or of the white cell that directs. */
import { exercise, state } from '../api/shared.ts';
import { Failure, Nothing, PatientLoading } from '../pieces/Shown.tsx';
import { word } from '../words/words.ts';
import { CellPage } from './CellPage.tsx';
import { DirectorPage } from './DirectorPage.tsx';
import './exercise.css';

export function ExercisePage() {
  const { data, problem, asking } = exercise.value;
  if (data !== null) return data.is_director ? <DirectorPage state={data} /> : <CellPage state={data} />;
  const isNone = state.value.data?.exercise === false || problem?.status === 404;
  if (isNone) return <Nothing told={word('exercise.none')} more={word('exercise.none.do')} />;
  if (problem !== null && !asking) return <Failure problem={problem} />;
  return <PatientLoading />;
}
