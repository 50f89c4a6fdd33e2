// The only file that knows MPI: letters between ranks, as plain functions. It
// is a module of its own, loaded only under mpirun (cli/ranks.cpp), so that
// ordinary runs start without it. What goes wrong inside MPI ends the job, with
// MPI's own message.
#include <mpi.h>
#include <stdlib.h>

#include <cstddef>

extern "C" {

void outagesim_mpi_start(unsigned* rank, unsigned* size) {
  int started = 0;
  MPI_Initialized(&started);
  if (started == 0) {
    // Open MPI reads large messages out of the other process, and ends the job
    // at once where that has just died: before it is told what is kept.
    setenv("OMPI_MCA_btl_vader_single_copy_mechanism", "none", 0);
    MPI_Init(nullptr, nullptr);
  }
  int number = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &number);
  *rank = static_cast<unsigned>(number);
  MPI_Comm_size(MPI_COMM_WORLD, &number);
  *size = static_cast<unsigned>(number);
}

// Precondition: fewer than 2^31 bytes. Returns when the text may go.
void outagesim_mpi_send(unsigned to, const char* text, std::size_t size) {
  MPI_Send(text, static_cast<int>(size), MPI_BYTE, static_cast<int>(to), 0,
           MPI_COMM_WORLD);
}

// The size of a letter that has arrived and who sent it, or -1.
long outagesim_mpi_arrived(unsigned* from) {
  int there = 0;
  MPI_Status status;
  MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &there, &status);
  if (there == 0) return -1;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  *from = static_cast<unsigned>(status.MPI_SOURCE);
  return size;
}

// Precondition: a letter of this size from there has arrived.
void outagesim_mpi_receive(unsigned from, char* text, std::size_t size) {
  MPI_Recv(text, static_cast<int>(size), MPI_BYTE, static_cast<int>(from), 0,
           MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

// Waits until all ranks have come here.
void outagesim_mpi_end() { MPI_Finalize(); }

}  // extern "C"
